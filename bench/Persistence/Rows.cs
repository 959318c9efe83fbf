namespace AkkaSockets.PersistenceBench;

/// <summary>A line of the table: medians over the rounds. See <see cref="Turn"/> for the figures.</summary>
/// <param name="OfFloor">The median of the rounds' ratios to the floor's events a second; null without a floor.</param>
/// <param name="Acknowledged">All events that were acknowledged.</param>
/// <param name="Stored">How many of them the store has, asked without the journal.</param>
internal sealed record WriteRow(
    int Writers, string Contender, double EventsPerSecond, double? OfFloor, double P50, double P99, double ClientMicros, double ServerMicros,
    long Acknowledged, long Stored, int Failed, string? Fault, IReadOnlyList<double> Rounds)
{
    /// <summary>Nobody failed, and nothing acknowledged is missing.</summary>
    public bool IsSound => Failed == 0 && Stored >= Acknowledged;

    public static WriteRow Of(int writers, string contender, IReadOnlyList<Turn> turns, IReadOnlyList<Turn>? floor, long stored) => new(
        writers, contender,
        Median.Of(turns.Select(turn => turn.EventsPerSecond)),
        floor is null ? null : Median.Of(turns.Zip(floor, (turn, bare) => turn.EventsPerSecond / bare.EventsPerSecond)),
        Median.Of(turns.Select(turn => turn.P50)), Median.Of(turns.Select(turn => turn.P99)),
        Median.Of(turns.Select(turn => turn.ClientMicros)), Median.Of(turns.Select(turn => turn.ServerMicros)),
        turns.Sum(turn => turn.Acknowledged), stored,
        turns.Sum(turn => turn.Failed), turns.Select(turn => turn.Fault).FirstOrDefault(fault => fault is not null),
        [.. turns.Select(turn => turn.EventsPerSecond)]);
}

/// <summary>A line of the second table: medians over the rounds.</summary>
/// <param name="OfFloor">The median of the rounds' ratios to the bare client reading the same logs; null without a floor.</param>
internal sealed record RecoveryRow(string Contender, double ActorsPerSecond, double EventsPerSecond, double? OfFloor, IReadOnlyList<double> Rounds)
{
    public static RecoveryRow Of(string contender, BenchOptions options, IReadOnlyList<TimeSpan> times, IReadOnlyList<TimeSpan>? floor)
    {
        var rounds = times.Select(time => options.RecoverActors / time.TotalSeconds).ToArray();
        var actors = Median.Of(rounds);
        return new(contender, actors, actors * options.RecoverEvents, floor is null ? null : Median.Of(floor.Zip(times, (bare, time) => bare / time)), rounds);
    }
}

internal static class Median
{
    /// <returns>0 without any.</returns>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
