using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Node.Placement;

/// <summary>Between a <see cref="ShardTable"/> and what travels of it.</summary>
internal static class PublishedTables
{
    public static PlacementTable ToMessage(this PublishedPlacement placement)
    {
        var nodes = placement.Table.Nodes().ToList();
        return new PlacementTable(
            placement.Version, nodes, [.. placement.Table.Shards().Select(shard => placement.Table[shard] is { } node ? nodes.IndexOf(node) : -1)]);
    }

    public static PublishedPlacement ToPlacement(this PlacementTable table) =>
        new(table.Version, new ShardTable([.. table.Owners.Select(owner => owner >= 0 && owner < table.Nodes.Count ? table.Nodes[owner] : null)]));
}
