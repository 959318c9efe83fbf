namespace AkkaSockets.Cluster.Tests;

public sealed class LosingANodeSpec
{
    private const int Users = 40;

    /// <summary>The first node has the coordinator.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task When_a_node_is_lost_its_users_answer_again_elsewhere_nobody_is_told_and_nothing_accepted_is_missing(int which)
    {
        await using var cluster = await TestCluster.StartAsync(3);
        await cluster.SettleAsync();
        var lost = cluster.Nodes[which];
        var stayers = cluster.Nodes.Where(node => node != lost).ToArray();
        var sockets = Enumerable.Range(0, Users).Select(i => stayers[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");
        foreach (var socket in sockets) await TestCluster.PublishAsync(stayers[0], socket.User, "before");

        var table = stayers[0].Board.Placement!;
        Assert.Contains(sockets, socket => socket.Node == lost.Name);
        await lost.DisposeAsync();
        cluster.Forget(lost);

        var heads = await Task.WhenAll(sockets.Select(socket => TestCluster.PublishUntilAcceptedAsync(stayers[1], socket.User, "after")));
        Assert.All(heads, head => Assert.Equal(2, head));
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Seqs.Length >= 2), "a socket did not attach again");
        Assert.All(sockets, socket => Assert.Equal([1, 2], socket.Seqs));
        Assert.All(sockets, socket => Assert.Empty(socket.Reconnects));
        await TestCluster.UntilAsync(() => stayers.All(node => node.Board.Placement!.Version > table.Version), "no new table was published");
        Assert.All(stayers, node => Assert.Equal(table.Table.Of(lost.Name), table.Table.MovedTo(node.Board.Placement!.Table)));
    }
}
