using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// How many shards are on the move at once: few, and one more each time that those before were quick. Who has traffic waits for its shard's move, and moves that are under way
/// together slow each other; those of shards in which little happens take next to no time, and need no such care.
/// </summary>
internal sealed class MovePace(TimeProvider time)
{
    // With 5,000 users and traffic, on two cores, the longest wait of a message (p99) is 0.6 to 1.3 s with three at once, and all have moved after 8 to 10 s. With ten it was 4.5 to 11.5 s, and 9.
    public const int Least = 3;

    public const int Most = 10;

    // The coordinator looks five times a second: gone by its next look, or by the one after that.
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    // The coordinator asks itself for a place as soon as a shard has none. One that still has none after so long is nobody's hurry, and must not hold up the others.
    private static readonly TimeSpan PlacedWithin = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ShardId, long> _begun = [];

    /// <summary>How many may be on the move now, <see cref="Least"/> to <see cref="Most"/>.</summary>
    public int AtOnce { get; private set; } = Least;

    /// <summary>
    /// What is on the move: what is handed off, and what has been since it began here and runs nowhere yet. The coordinator writes down one change after the other, and an end before a
    /// beginning: counted as over when they were handed off, a dozen shards would wait at once for their next place.
    /// </summary>
    /// <param name="handedOff">Those whose hand-off the coordinator has in progress.</param>
    /// <param name="running">Those that have a place.</param>
    public IReadOnlySet<ShardId> OnTheMove(IReadOnlySet<ShardId> handedOff, IReadOnlySet<ShardId> running) =>
        _begun.Where(move => !running.Contains(move.Key) && time.GetElapsedTime(move.Value) < PlacedWithin).Select(move => move.Key).Union(handedOff).ToHashSet();

    /// <summary>Those of <paramref name="due"/> that begin to move now, in their order.</summary>
    /// <param name="moving">What is <see cref="OnTheMove"/>.</param>
    public IReadOnlyList<ShardId> Begin(IReadOnlyList<ShardId> due, IReadOnlySet<ShardId> moving)
    {
        Learn(moving);
        if (_begun.Count == 0 && due.Count == 0) AtOnce = Least;
        var now = time.GetTimestamp();
        var begin = due.Where(shard => !moving.Contains(shard)).Take(Math.Max(0, AtOnce - moving.Count)).ToList();
        foreach (var shard in begin) _begun[shard] = now;
        return begin;
    }

    private void Learn(IReadOnlySet<ShardId> moving)
    {
        if (_begun.Count == 0) return;
        var longest = _begun.Values.Max(at => time.GetElapsedTime(at));
        var over = _begun.Keys.Where(shard => !moving.Contains(shard)).ToList();
        foreach (var shard in over) _begun.Remove(shard);
        if (longest >= Slow) AtOnce = Least;
        else if (over.Count > 0 && longest <= Quick) AtOnce = Math.Min(AtOnce + 1, Most);
    }
}
