using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Simulate.Schemes;

/// <summary>
/// What the server does not do, to compare it with: place by app-version, as Akka's own strategies do. While members of two versions are there nothing is evened out, and
/// what a node gives up goes to nodes of the new version alone, evenly. At all other times the server's own plan decides.
/// </summary>
/// <param name="table">What is in force.</param>
/// <param name="begin">The plan that goes on from a table.</param>
/// <param name="isNew">Whether a node is of the new version.</param>
/// <param name="movesAtOnce">How many shards may be on the move.</param>
internal sealed class PlacementByVersion(ShardTable table, Func<ShardTable, PlacementPlan> begin, Func<string, bool> isNew, int movesAtOnce)
{
    private PlacementPlan _plan = begin(table);

    /// <inheritdoc cref="PlacementPlan.OwnerOf"/>
    public string? OwnerOf(ShardId shard, IReadOnlyCollection<string> eligible) => _plan.OwnerOf(shard, eligible);

    /// <inheritdoc cref="PlacementPlan.NextMoves"/>
    public IReadOnlyList<ShardId> NextMoves(IReadOnlyCollection<string> eligible, IReadOnlyDictionary<ShardId, string> present, int moving)
    {
        // One that drains is still there, with its version.
        var takers = eligible.Where(isNew).ToHashSet(StringComparer.Ordinal);
        if (takers.Count == 0 || eligible.Concat(present.Values).All(isNew)) return _plan.NextMoves(eligible, present, moving);
        if (_plan.Table.Nodes().Except(eligible).Any()) _plan = begin(Onto(takers, eligible));
        return [.. present
            .Where(shard => !eligible.Contains(shard.Value))
            .Select(shard => shard.Key)
            .OrderBy(shard => shard.Value)
            .Take(Math.Max(0, movesAtOnce - moving))];
    }

    /// <summary>The table with what has lost its node on the takers; what has one stays.</summary>
    private ShardTable Onto(HashSet<string> takers, IReadOnlyCollection<string> eligible)
    {
        var owners = _plan.Table.Shards().Select(shard => _plan.Table[shard]).ToArray();
        int[] theirs = [.. Enumerable.Range(0, owners.Length).Where(shard => owners[shard] is not { } owner || takers.Contains(owner) || !eligible.Contains(owner))];
        var placed = ShardPlacement.Place(new ShardTable([.. theirs.Select(shard => owners[shard])]), takers, movesNothing: true);
        foreach (var shard in placed.Shards()) owners[theirs[shard.Value]] = placed[shard];
        return new ShardTable([.. owners]);
    }
}
