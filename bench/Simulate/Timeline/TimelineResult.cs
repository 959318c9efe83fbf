namespace AkkaSockets.Simulate.Timeline;

/// <summary>How a change went.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Policy">Who is sent away.</param>
/// <param name="Moments">A second each.</param>
/// <param name="Sockets">How many there are.</param>
/// <param name="Told">Reconnect frames, all in all.</param>
/// <param name="Cut">Sockets that broke or were closed without a frame.</param>
/// <param name="ShardsMoved">Moves of shards.</param>
/// <param name="PlacedAfter">Seconds until every shard was where it belongs.</param>
/// <param name="SettledAfter">Seconds until the last client that was sent away was back; null: not within the limit.</param>
internal sealed record TimelineResult(
    Change Change, Policy Policy, IReadOnlyList<Moment> Moments, double Sockets, double Told, double Cut, int ShardsMoved, double PlacedAfter, double? SettledAfter)
{
    /// <summary>How often each user had to come back, in the mean.</summary>
    public double DisturbancesPerUser => (Told + Cut) / Sockets;

    public double PeakAccepted => Moments.Max(moment => moment.Accepted);

    public double PeakOfOneNode => Moments.Max(moment => moment.BusiestAccepted);

    public double Refused => Moments.Sum(moment => moment.Refused);

    public double PeakAway => Moments.Max(moment => moment.Away);
}

/// <summary>Who is sent away by a change.</summary>
internal enum Policy
{
    /// <summary>The sockets of users that moved, in the pacer's turn: the server's own.</summary>
    Migrated,

    /// <summary>Everybody at once: what a cluster does that can't tell whom a change concerns.</summary>
    Everybody,

    /// <summary>As <see cref="Migrated"/>, in a rolling deploy that places by app-version.</summary>
    MigratedByVersion,
}

internal static class Policies
{
    public static string Describe(this Policy policy) => policy switch
    {
        Policy.Everybody => "everybody",
        Policy.MigratedByVersion => "who must, by app-version",
        _ => "who must",
    };

    /// <summary>A rolling deploy that drops everybody is what nobody does: its nodes cut their own. Only there versions differ.</summary>
    public static bool IsPlayed(this Policy policy, Change change) =>
        policy == Policy.Migrated || (policy == Policy.Everybody) == (change != Change.RollingDeploy);
}
