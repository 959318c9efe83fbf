using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Admin;

/// <summary>One shard that would move.</summary>
internal sealed record PlannedMove(ShardId Shard, string From, string To);

/// <summary>What the placement would do if nodes joined or left: by the same function as the coordinator's, from the table in force.</summary>
internal sealed class PlannedMoves
{
    private PlannedMoves(ShardTable before, ShardTable after)
    {
        (Before, After) = (before, after);
        Moves = [.. before.MovedTo(after).Where(shard => before[shard] is not null).Select(shard => new PlannedMove(shard, before[shard]!, after[shard]!))];
    }

    public ShardTable Before { get; }

    public ShardTable After { get; }

    /// <summary>In the order of the shards.</summary>
    public IReadOnlyList<PlannedMove> Moves { get; }

    /// <param name="inForce">The coordinator's table; null where none was ever published.</param>
    /// <param name="nodes">The nodes that may carry shards now.</param>
    /// <param name="after">The nodes that would, at least one.</param>
    public static PlannedMoves Of(ShardTable? inForce, int shards, IReadOnlyCollection<string> nodes, IReadOnlyCollection<string> after)
    {
        // Nothing is placed: then the first table is the one that these nodes would get.
        var before = inForce is { } table && table.Nodes().Any() ? table : ShardPlacement.Place(ShardTable.Empty(shards), nodes);
        // As the coordinator does: what a node left behind is placed at once on those that have settled, who joins gets its share after that.
        var settled = before.Nodes().Where(after.Contains).ToList();
        var isLeft = settled.Count > 0 && settled.Count < before.Nodes().Count();
        return new PlannedMoves(before, ShardPlacement.Place(isLeft ? ShardPlacement.Place(before, settled) : before, after));
    }
}
