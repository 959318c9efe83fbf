using AkkaSockets.Node.Persistence;

namespace AkkaSockets.Node.Lifecycle.Health;

/// <summary>
/// What this node's readiness rests on. The journal's part is told by <see cref="JournalProbeActor"/> and the drain's by the
/// drain; the rest is looked up when asked. Safe from any thread.
/// </summary>
/// <param name="clusterStatus">This member's status as the cluster has it (<c>Up</c>), null while it has joined none.</param>
/// <param name="isRegionStarted">True once the users' shard region takes messages.</param>
/// <param name="store">What is known of the store; null for one that nobody else tells anything.</param>
/// <param name="obstacle">What keeps a node that is Up from serving users, a sentence; null where nothing does.</param>
public sealed class NodeHealth(
    Func<string?> clusterStatus, Func<bool> isRegionStarted, StoreState? store = null, Func<string?>? obstacle = null)
{
    private volatile bool _isDraining;
    private volatile bool _hasJournalAnswered;

    /// <summary>Why shards do not move now; null while they may.</summary>
    public Func<string?> MovesPaused { get; init; } = () => null;

    /// <summary>Set by the drain, as its first act; never taken back.</summary>
    public bool IsDraining => _isDraining;

    public void BeginDraining() => _isDraining = true;

    /// <summary>Where users' logs tell how their reads and writes went, too.</summary>
    public StoreState Store { get; } = store ?? new StoreState(TimeProvider.System);

    public void JournalAnswered()
    {
        _hasJournalAnswered = true;
        Store.Read();
    }

    /// <summary>The probe got no answer for so long; false where others did.</summary>
    public bool JournalFailed(TimeSpan since) => Store.Silent(since);

    /// <summary>True when a new socket can be served: what readiness asks for, the drain apart, which decides for itself whom it still takes.</summary>
    public bool CanServe => _hasJournalAnswered && isRegionStarted() && clusterStatus() == "Up" && obstacle?.Invoke() is null;

    /// <summary>False before the node has joined, and once it was downed: nobody would take its users from it.</summary>
    public bool IsMember => clusterStatus() is not (null or "Down" or "Removed");

    /// <summary>The facts at this moment, judged.</summary>
    public Readiness Read() => Readiness.Evaluate(new HealthFacts(clusterStatus(), _isDraining, isRegionStarted(), _hasJournalAnswered, _hasJournalAnswered && Store.IsWell)
    {
        MovesPaused = MovesPaused(),
        Obstacle = obstacle?.Invoke(),
    });
}
