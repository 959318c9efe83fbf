using System.Diagnostics;

namespace AkkaSockets.PersistenceBench;

/// <summary>What one turn of one contender came to.</summary>
/// <param name="EventsPerSecond">Acknowledged as durable while it was measured.</param>
/// <param name="P50">Milliseconds from handing an event over to its acknowledgement.</param>
/// <param name="P99">The same.</param>
/// <param name="ClientMicros">Processor time of this process for an event, in µs.</param>
/// <param name="ServerMicros">Processor time of the server for an event, in µs.</param>
/// <param name="Acknowledged">All events of the turn, those before and after it was measured too.</param>
/// <param name="Failed">Writers that ended before the turn did.</param>
/// <param name="Fault">What the first of them said.</param>
internal sealed record Turn(
    double EventsPerSecond, double P50, double P99, double ClientMicros, double ServerMicros, long Acknowledged, int Failed, string? Fault)
{
    public static async Task<Turn> TakeAsync(IContender contender, int writers, BenchOptions options, CancellationToken stop)
    {
        // What the one before left behind is not to be swept up on this one's account.
        GC.Collect();
        var gauge = new Gauge(writers, options.WarmUp, options.Duration);
        var writing = contender.WriteAsync(gauge, stop);
        await DelayAsync(gauge.UntilFrom, stop).ConfigureAwait(false);
        var before = Cost.Of(contender, gauge);
        await DelayAsync(gauge.UntilTo, stop).ConfigureAwait(false);
        var after = Cost.Of(contender, gauge);
        await writing.ConfigureAwait(false);
        var events = Math.Max(1, after.Events - before.Events);
        return new Turn(
            gauge.EventsPerSecond, gauge.P50, gauge.P99,
            (after.Client - before.Client).TotalMicroseconds / events, (after.Server - before.Server).TotalMicroseconds / events,
            gauge.Acknowledged, gauge.Writers.Failed, gauge.Writers.Fault);
    }

    private static Task DelayAsync(TimeSpan time, CancellationToken stop) => time > TimeSpan.Zero ? Task.Delay(time, stop) : Task.CompletedTask;

    private readonly record struct Cost(TimeSpan Client, TimeSpan Server, long Events)
    {
        public static Cost Of(IContender contender, Gauge gauge)
        {
            using var self = Process.GetCurrentProcess();
            return new Cost(self.TotalProcessorTime, contender.ServerCpu, gauge.Acknowledged);
        }
    }
}
