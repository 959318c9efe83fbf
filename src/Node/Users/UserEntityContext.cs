using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Persistence;

namespace AkkaSockets.Node.Users;

/// <summary>What every user entity of a node shares: one object, so that an entity holds a reference and no copies.</summary>
public sealed record UserEntityContext(string NodeName, string? AdvertiseUrl, RetentionOptions Retention, LimitsOptions Limits, DrainState Drain, TimeProvider Time, ILogger Logger)
{
    /// <summary>What is known of the store that all logs are in.</summary>
    public StoreState Store { get; init; } = new(Time);

    /// <summary>Without it nothing is recovered or journaled.</summary>
    public Majority Majority { get; init; } = Majority.Always;

    /// <summary>The longest that an ack waits to be journaled, if no event takes it along sooner.</summary>
    public TimeSpan JournalAcksAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A log that nobody needed for this long leaves memory; the entity stays.</summary>
    public TimeSpan LogQuietAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An entity with no socket and nothing to do for this long leaves memory.</summary>
    public TimeSpan PassivateAfter { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long an entity that was told to stop waits for the write in flight.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before a failed log is opened again, doubled with each failure up to the second figure, ± 50 %.</summary>
    public (TimeSpan First, TimeSpan Most) LogBackOff { get; init; } = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));

    /// <summary>How soon a log that is needed, and can't be opened for want of a majority, is tried again.</summary>
    public TimeSpan LookForMajorityEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When nothing has followed a message for so long, it is told once more to the sockets on other nodes, and again after three times as long.</summary>
    public TimeSpan RepeatDeliveryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A snapshot is taken at the earliest after so many events, and when they outweigh the state it would write.</summary>
    public int SnapshotAfterEvents { get; init; } = 100;

    /// <summary>Unix milliseconds.</summary>
    public long Now() => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
