using System.Collections.Immutable;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Placement;

/// <summary>Which node has which of the cluster's shards, by name; a shard that no node has is null.</summary>
public sealed class ShardTable
{
    private readonly ImmutableArray<string?> _nodes;

    public ShardTable(ImmutableArray<string?> nodes) => _nodes = nodes;

    /// <summary>How many shards there are (<c>Sharding:Shards</c>).</summary>
    public int Count => _nodes.Length;

    public string? this[ShardId shard] => _nodes[shard.Value];

    public static ShardTable Empty(int shards) => new([.. Enumerable.Repeat<string?>(null, shards)]);

    public IEnumerable<ShardId> Shards() => Enumerable.Range(0, Count).Select(shard => new ShardId(shard));

    /// <summary>The nodes that have any, in ordinal order.</summary>
    public IEnumerable<string> Nodes() => _nodes.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The shards of one node, in order.</summary>
    public IEnumerable<ShardId> Of(string node) => Shards().Where(shard => _nodes[shard.Value] == node);

    /// <summary>The shards that another table has elsewhere, in order.</summary>
    public IEnumerable<ShardId> MovedTo(ShardTable other) => Shards().Where(shard => this[shard] != other[shard]);
}
