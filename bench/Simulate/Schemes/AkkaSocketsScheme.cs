using System.Collections.Immutable;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Simulate.Schemes;

/// <summary>The server's own: what it calls to place shards, not a copy.</summary>
internal sealed class AkkaSocketsScheme : IPlacementScheme
{
    public string Name => "AkkaSockets";

    public string[] Place(IReadOnlyList<string?> present, IReadOnlyList<string> nodes)
    {
        var table = ShardPlacement.Place(new ShardTable(ImmutableArray.CreateRange(present)), [.. nodes]);
        return [.. table.Shards().Select(shard => table[shard]!)];
    }

    /// <summary>How much a shard prefers a node: the hash that the other schemes use, too, so that they differ in nothing else.</summary>
    public static ulong Score(int shard, string node) => ShardPlacement.Score(new ShardId(shard), node);
}
