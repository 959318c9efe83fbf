namespace AkkaSockets.Cluster.Tests;

public sealed class TwoJoinsMakeOneRebalanceSpec
{
    private const int Users = 40;

    [Fact]
    public async Task Two_that_join_within_the_settle_time_change_the_table_once_and_everybody_is_told_once_at_the_most()
    {
        await using var cluster = await TestCluster.StartAsync(2, settleMs: 10_000);
        await cluster.SettleAsync();
        var sockets = Enumerable.Range(0, Users).Select(i => cluster.Nodes[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");
        var before = cluster.Nodes[0].Board.Placement!;

        var joined = await cluster.AddAsync(2);
        await cluster.SettleAsync();
        var owners = await Task.WhenAll(sockets.Select(socket => TestCluster.OwnerAsync(joined[0], socket.User)));
        var isMoved = owners.Select(owner => joined.Any(node => node.Name == owner)).ToList();
        await TestCluster.UntilAsync(() => sockets.Where((_, i) => isMoved[i]).All(socket => socket.Reconnects.Length > 0), "not all who moved were told");

        for (var i = 0; i < Users; i++)
        {
            string[] told = isMoved[i] ? ["rebalance"] : [];
            Assert.Equal(told, sockets[i].Reconnects);
            if (!isMoved[i]) Assert.Equal(sockets[i].Node, owners[i]);
        }
        await TestCluster.UntilAsync(() => cluster.Nodes.All(node => node.Board.Placement?.Version == before.Version + 1), "the table was not changed once");
        Assert.All(cluster.Nodes, node => Assert.Equal(TestCluster.Shards / 4, node.Board.Placement!.Table.Of(node.Name).Count()));
        Assert.All(before.Table.MovedTo(cluster.Nodes[3].Board.Placement!.Table), shard => Assert.Contains(cluster.Nodes[3].Board.Placement!.Table[shard], joined.Select(node => node.Name)));
    }
}
