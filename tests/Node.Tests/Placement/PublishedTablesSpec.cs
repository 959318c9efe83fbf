using AkkaSockets.Messages.Nodes;
using AkkaSockets.Node.Placement;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Placement;

public sealed class PublishedTablesSpec
{
    [Property]
    public void A_table_arrives_as_it_was_published(byte[] owners, long version)
    {
        var table = new ShardTable([.. owners.Select(owner => owner % 5 == 0 ? null : $"node-{owner % 5}")]);
        var arrived = new PublishedPlacement(version, table).ToMessage().ToPlacement();
        Assert.Equal((version, table.Count), (arrived.Version, arrived.Table.Count));
        Assert.Empty(table.MovedTo(arrived.Table));
    }

    [Fact]
    public void An_owner_that_is_not_among_the_nodes_is_none() =>
        Assert.Equal(["a", null, null], Shards(new PlacementTable(1, ["a"], [0, 1, -7]).ToPlacement().Table));

    [Fact]
    public void The_board_keeps_the_newer_of_two()
    {
        var board = new PlacementBoard();
        Assert.Null(board.Placement);
        board.Offer(new PublishedPlacement(2, ShardTable.Empty(2)));
        board.Offer(new PublishedPlacement(1, ShardTable.Empty(1)));
        Assert.Equal(2, board.Placement!.Version);
        board.Offer(new PublishedPlacement(3, ShardTable.Empty(3)));
        Assert.Equal(3, board.Placement.Version);
    }

    private static IEnumerable<string?> Shards(ShardTable table) => table.Shards().Select(shard => table[shard]);
}
