using System.Text.Json;

namespace AkkaSockets.Load;

/// <summary>Percentiles in ms.</summary>
internal sealed record Latency(double P50, double P95, double P99, double Max)
{
    public static Latency Of(Histogram histogram) => new(
        Math.Round(histogram.Percentile(0.5), 2), Math.Round(histogram.Percentile(0.95), 2), Math.Round(histogram.Percentile(0.99), 2), Math.Round(histogram.Max, 1));
}

internal sealed record DurableFigures(
    long Asked, long Acknowledged, long Unacknowledged, long UnacknowledgedDelivered, long Delivered, long Lost, long Duplicated, long Reordered, long GapsTold,
    Latency AcknowledgementMs, Latency DeliveryMs, Latency LongestWaitOfAUserMs);

internal sealed record EphemeralFigures(long Asked, long Told, long Delivered, long Unanswered, Latency DeliveryMs);

/// <param name="UsersByFrames">How many users got no frame, one, two and so on.</param>
internal sealed record ReconnectFigures(long Frames, OrderedDictionary<string, long> ByReason, OrderedDictionary<string, int> UsersByFrames);

internal sealed record DriverFigures(double CpuSeconds, long PeakMegabytes);

/// <summary>What a run came to.</summary>
/// <param name="UsersByFailuresInARow">How many users always connected at once, failed once before, twice in a row and so on, at the most.</param>
internal sealed record Report(
    double Seconds, int Users, int Connected, double AcceptsPerSecond, DurableFigures Durable, EphemeralFigures Ephemeral, ReconnectFigures Reconnects,
    double LongestWithoutASocketMs, OrderedDictionary<string, int> UsersByFailuresInARow, OrderedDictionary<string, long> Closes, OrderedDictionary<string, long> Errors, DriverFigures Driver, IReadOnlyList<string> Faults)
{
    private const int FaultsTold = 5;

    public bool IsClean => Durable is { Lost: 0, Duplicated: 0, Reordered: 0, GapsTold: 0 } && Faults.Count == 0;

    public static Report Of(LoadOptions options, LoadRun run)
    {
        var (measured, ledger, users) = (run.Measured, run.Measured.Ledger, run.Users);
        var waits = new Histogram();
        foreach (var user in users.Where(user => user.LongestWait > 0)) waits.Add(user.LongestWait);
        return new Report(
            Math.Round(run.Clock.Elapsed.TotalSeconds, 1), options.Users, users.Count(user => user.IsConnected), Math.Round(run.AcceptsPerSecond),
            new DurableFigures(
                run.Asked, ledger.Acknowledged, ledger.Unacknowledged, ledger.UnacknowledgedReceived, ledger.Received, ledger.Outstanding, ledger.Duplicated, ledger.Reordered,
                users.Sum(user => user.Gaps), Latency.Of(measured.Answers), Latency.Of(measured.DeliveryOf(durable: true)), Latency.Of(waits)),
            new EphemeralFigures(
                run.EphemeralAsked, measured.EphemeralTold, ledger.Ephemeral, measured.EphemeralUnanswered, Latency.Of(measured.DeliveryOf(durable: false))),
            new ReconnectFigures(measured.ReconnectFrames.Total, measured.ReconnectFrames.ToDictionary(), Count(users, user => user.ReconnectFrames)),
            Math.Round(users.Select(user => user.LongestOffline).DefaultIfEmpty().Max(), 1), Count(users, user => user.FailuresInARow), measured.Closes.ToDictionary(), measured.Errors.ToDictionary(),
            new DriverFigures(Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 1), PeakBytes() >> 20),
            [.. users.Select(user => user.Fault).OfType<string>().Distinct().Take(FaultsTold)]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });

    private static OrderedDictionary<string, int> Count(IReadOnlyList<LoadUser> users, Func<LoadUser, int> of) =>
        new(users.GroupBy(of).OrderBy(group => group.Key).Select(group => KeyValuePair.Create($"{group.Key}", group.Count())));

    private static long PeakBytes()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
