namespace AkkaSockets.Cluster.Tests;

public sealed class LosingANodeSpec
{
    private const int Users = 40;

    [Fact]
    public async Task When_a_node_is_lost_its_users_answer_again_elsewhere_nobody_is_told_and_nothing_accepted_is_missing()
    {
        await using var cluster = await TestCluster.StartAsync(3);
        await cluster.SettleAsync();
        var sockets = Enumerable.Range(0, Users).Select(i => cluster.Nodes[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");
        foreach (var socket in sockets) await TestCluster.PublishAsync(cluster.Nodes[0], socket.User, "before");

        var lost = cluster.Nodes[2];
        Assert.Contains(sockets, socket => socket.Node == lost.Name);
        await lost.DisposeAsync();
        cluster.Forget(lost);

        var heads = await Task.WhenAll(sockets.Select(socket => TestCluster.PublishUntilAcceptedAsync(cluster.Nodes[1], socket.User, "after")));
        Assert.All(heads, head => Assert.Equal(2, head));
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Seqs.Length >= 2), "a socket did not attach again");
        Assert.All(sockets, socket => Assert.Equal([1, 2], socket.Seqs));
        Assert.All(sockets, socket => Assert.Empty(socket.Reconnects));
    }
}
