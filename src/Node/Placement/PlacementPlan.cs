using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// When the table changes, and what moves next: everything about rebalancing but Akka's types. Membership has to have been stable for the settle
/// time before shards move to a node that joined; what a node left behind is placed at once, since somebody asks for it.
/// </summary>
/// <param name="settle">How long the eligible nodes must have been the same.</param>
/// <param name="movesAtOnce">How many shards may be on the move: more, and each user waits longer for its own.</param>
internal sealed class PlacementPlan(ShardTable table, TimeSpan settle, int movesAtOnce, TimeProvider time)
{
    private SortedSet<string> _settled = new(StringComparer.Ordinal);
    private SortedSet<string> _seen = new(StringComparer.Ordinal);
    private long _seenSince = time.GetTimestamp();

    /// <summary>Where every shard belongs.</summary>
    public ShardTable Table { get; private set; } = table;

    /// <summary>Grows with each change of <see cref="Table"/>.</summary>
    public long Version { get; private set; }

    /// <summary>The node that a shard is to be started on, which is one of <paramref name="eligible"/>; null when there is none.</summary>
    public string? OwnerOf(ShardId shard, IReadOnlyCollection<string> eligible)
    {
        if (eligible.Count == 0) return null;
        if (Table[shard] is { } owner && eligible.Contains(owner)) return owner;
        // Its node is gone, or nothing was ever placed. A newcomer that has not settled waits for its share, unless there is nobody else.
        var settled = eligible.Where(_settled.Contains).ToList();
        Change(settled.Count > 0 ? settled : eligible);
        return Table[shard];
    }

    /// <summary>The shards to move now: each from a node that is still there to a node that has settled.</summary>
    /// <param name="eligible">The nodes that may carry shards.</param>
    /// <param name="present">Where each shard that runs is.</param>
    /// <param name="moving">How many are on the move already.</param>
    public IReadOnlyList<ShardId> NextMoves(IReadOnlyCollection<string> eligible, IReadOnlyDictionary<ShardId, string> present, int moving)
    {
        if (!_seen.SetEquals(eligible)) (_seen, _seenSince) = (new SortedSet<string>(eligible, StringComparer.Ordinal), time.GetTimestamp());
        if (eligible.Count == 0 || time.GetElapsedTime(_seenSince) < settle) return [];
        if (!_settled.SetEquals(eligible)) Change(eligible);
        return [.. present
            .Where(shard => Table[shard.Key] is { } owner && owner != shard.Value)
            .Select(shard => shard.Key)
            .OrderBy(shard => shard.Value)
            .Take(Math.Max(0, movesAtOnce - moving))];
    }

    private void Change(IReadOnlyCollection<string> nodes)
    {
        var next = ShardPlacement.Place(Table, nodes);
        _settled = new SortedSet<string>(nodes, StringComparer.Ordinal);
        if (!Table.MovedTo(next).Any()) return;
        Table = next;
        Version++;
    }
}
