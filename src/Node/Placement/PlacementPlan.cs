using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// When the table changes, and what moves next: everything about rebalancing but Akka's types. Membership has to have been stable for the settle
/// time before shards move to a node that joined. What a node left behind is placed at once, since somebody asks for it; what a node that is still there is to
/// give up, because it drains, moves without waiting too.
/// <para>A node that comes back after it drained may be one of several that are restarted in turn, and if each got its share back at once, the users of every step would be
/// sent away for nothing. So its share waits longer, and meanwhile it takes what the next one gives up, which has to go somewhere.</para>
/// </summary>
/// <param name="table">What is in force: a coordinator that begins goes on from it. The nodes in it have settled.</param>
/// <param name="version">The version of <paramref name="table"/>.</param>
/// <param name="settle">How long the eligible nodes must have been the same.</param>
/// <param name="movesAtOnce">How many shards may be on the move: more, and each user waits longer for its own.</param>
internal sealed class PlacementPlan(ShardTable table, long version, TimeSpan settle, int movesAtOnce, TimeProvider time)
{
    private SortedSet<string> _settled = new(table.Nodes(), StringComparer.Ordinal);
    private SortedSet<string> _seen = new(StringComparer.Ordinal);
    private long _seenSince = time.GetTimestamp();

    /// <summary>How long the eligible nodes must have been the same where one of them comes back after it drained, if that is longer.</summary>
    public TimeSpan Rollout { get; init; }

    /// <summary>Whether a node of this name has drained, as far as it is known.</summary>
    public Func<string, bool> HasDrained { get; init; } = static _ => false;

    /// <summary>Where every shard belongs.</summary>
    public ShardTable Table { get; private set; } = table;

    /// <summary>Grows with each change of <see cref="Table"/>.</summary>
    public long Version { get; private set; } = version;

    /// <summary>The node that a shard is to be started on, which is one of <paramref name="eligible"/>; null when there is none.</summary>
    public string? OwnerOf(ShardId shard, IReadOnlyCollection<string> eligible)
    {
        if (eligible.Count == 0) return null;
        // Its node is gone, or nothing was ever placed.
        if (Table[shard] is not { } owner || !eligible.Contains(owner)) PlaceOnSettled(eligible);
        return Table[shard];
    }

    /// <summary>The shards to move now: each from a node that is still there to a node that has settled.</summary>
    /// <param name="eligible">The nodes that may carry shards.</param>
    /// <param name="present">Where each shard that runs is: on an eligible node, or on one that is to give it up.</param>
    /// <param name="moving">How many are on the move already.</param>
    public IReadOnlyList<ShardId> NextMoves(IReadOnlyCollection<string> eligible, IReadOnlyDictionary<ShardId, string> present, int moving)
    {
        if (!_seen.SetEquals(eligible)) (_seen, _seenSince) = (new SortedSet<string>(eligible, StringComparer.Ordinal), time.GetTimestamp());
        if (eligible.Count == 0) return [];
        var isStable = time.GetElapsedTime(_seenSince) >= (IsRollout(eligible) && Rollout > settle ? Rollout : settle);
        if (isStable) Change(eligible);
        else if (present.Values.Any(node => !eligible.Contains(node))) PlaceOnSettled(eligible);
        return [.. present
            .Where(shard => isStable || !eligible.Contains(shard.Value))
            .Where(shard => Table[shard.Key] is { } owner && owner != shard.Value && eligible.Contains(owner))
            .Select(shard => shard.Key)
            .OrderBy(shard => shard.Value)
            .Take(Math.Max(0, movesAtOnce - moving))];
    }

    private bool IsRollout(IReadOnlyCollection<string> eligible) => eligible.Any(node => !_settled.Contains(node) && HasDrained(node));

    /// <summary>A newcomer that has not settled waits for its share, unless there is nobody else, or it is one of those that are restarted in turn.</summary>
    private void PlaceOnSettled(IReadOnlyCollection<string> eligible)
    {
        if (IsRollout(eligible))
        {
            Replace(ShardPlacement.Place(Table, eligible, movesNothing: true));
            return;
        }
        var settled = eligible.Where(_settled.Contains).ToList();
        Change(settled.Count > 0 ? settled : eligible);
    }

    private void Change(IReadOnlyCollection<string> nodes)
    {
        var next = ShardPlacement.Place(Table, nodes);
        _settled = new SortedSet<string>(nodes, StringComparer.Ordinal);
        Replace(next);
    }

    private void Replace(ShardTable next)
    {
        if (!Table.MovedTo(next).Any()) return;
        Table = next;
        Version++;
    }
}
