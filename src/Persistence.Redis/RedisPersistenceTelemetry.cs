using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AkkaSockets.Persistence.Redis;

/// <summary>What this package measures. Listen to the meter by its name; it costs next to nothing if nobody does.</summary>
public static class RedisPersistenceTelemetry
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AkkaSockets.Persistence.Redis";

    /// <summary>
    /// The histogram's name. Seconds from the start of an operation to its end, failed or not, with the tag <c>operation</c>:
    /// <c>write</c>, <c>replay</c>, <c>highest</c>, <c>delete</c>, <c>snapshot-load</c>, <c>snapshot-save</c> or <c>snapshot-delete</c>.
    /// </summary>
    public const string HistogramName = "akka_persistence_redis_seconds";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram(
        HistogramName, "s", "How long operations of the journal and the snapshot store took.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10] });

    internal static Timing Measure(string operation) => new(operation, Stopwatch.GetTimestamp());

    internal readonly struct Timing(string operation, long start) : IDisposable
    {
        public void Dispose() =>
            Seconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
    }
}
