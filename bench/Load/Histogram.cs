namespace AkkaSockets.Load;

/// <summary>Latencies in buckets 5 % apart, from 0.01 ms to some hours: cheap enough for every message, and safe from any thread.</summary>
internal sealed class Histogram
{
    private const double Least = 0.01;
    private const double Step = 1.05;
    private readonly long[] _buckets = new long[480];
    private long _count;
    private double _max;

    public long Count => Interlocked.Read(ref _count);

    public double Max => Volatile.Read(ref _max);

    public void Add(double ms)
    {
        var bucket = ms <= Least ? 0 : (int)(Math.Log(ms / Least) / Math.Log(Step)) + 1;
        Interlocked.Increment(ref _buckets[Math.Clamp(bucket, 0, _buckets.Length - 1)]);
        Interlocked.Increment(ref _count);
        for (var max = Max; ms > max; max = Max)
        {
            if (Interlocked.CompareExchange(ref _max, ms, max) == max) break;
        }
    }

    /// <summary>The upper edge of the bucket that <paramref name="part"/> of all values are in or below, in ms; 0 without any.</summary>
    public double Percentile(double part)
    {
        var left = (long)Math.Ceiling(Count * part);
        if (left == 0) return 0;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            left -= Interlocked.Read(ref _buckets[bucket]);
            if (left <= 0) return Math.Min(Least * Math.Pow(Step, bucket), Max);
        }
        return Max;
    }
}
