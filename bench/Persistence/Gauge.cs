using System.Diagnostics;
using AkkaSockets.Load;

namespace AkkaSockets.PersistenceBench;

/// <summary>One turn of one contender: until when its writers go on, and what they saw between the warm-up and then.</summary>
internal sealed class Gauge
{
    private readonly long _from;
    private readonly long _to;
    private readonly Histogram _latency = new();
    private long _acknowledged;

    public Gauge(int writers, TimeSpan warmUp, TimeSpan duration)
    {
        _from = Stopwatch.GetTimestamp() + Ticks(warmUp);
        _to = _from + Ticks(duration);
        Writers = new Countdown(writers);
    }

    /// <summary>Each writer signals here when it has stopped.</summary>
    public Countdown Writers { get; }

    /// <summary>Whether a writer whose event is acknowledged begins another.</summary>
    public bool IsOpen => Stopwatch.GetTimestamp() < _to;

    /// <summary>All that was acknowledged, in the warm-up and after the end too.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public double EventsPerSecond => _latency.Count / Stopwatch.GetElapsedTime(_from, _to).TotalSeconds;

    public long Count => _latency.Count;

    public double P50 => _latency.Percentile(0.5);

    public double P99 => _latency.Percentile(0.99);

    public TimeSpan UntilFrom => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _from);

    public TimeSpan UntilTo => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _to);

    /// <summary>An event is durable.</summary>
    /// <param name="begun">The timestamp of when it was handed over.</param>
    public void Acked(long begun)
    {
        Interlocked.Increment(ref _acknowledged);
        var now = Stopwatch.GetTimestamp();
        if (now >= _from && now < _to) _latency.Add(Stopwatch.GetElapsedTime(begun, now).TotalMilliseconds);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
