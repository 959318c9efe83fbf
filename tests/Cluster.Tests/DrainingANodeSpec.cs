using Akka.Cluster;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Cluster.Tests;

public sealed class DrainingANodeSpec
{
    private const int Users = 40;

    [Fact]
    public async Task The_last_but_one_gives_all_away_routes_until_its_last_socket_has_gone_and_stays_until_it_is_stopped()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await cluster.SettleAsync();
        var (stayer, drained) = (cluster.Nodes[0], cluster.Nodes[1]);
        var sockets = Enumerable.Range(0, Users).Select(i => cluster.Nodes[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");

        var drain = drained.Routine.EmptyAsync(TimeSpan.FromMinutes(10));
        var told = sockets.Where(socket => socket.On == drained).ToList();
        await TestCluster.UntilAsync(() => told.TrueForAll(socket => socket.Reconnects.Length > 0), "not all were told");
        foreach (var socket in told.Skip(1)) await socket.CloseAsync();
        await TestCluster.UntilAsync(() => stayer.Board.Placement!.Table.Nodes().SequenceEqual([stayer.Name]), "its shards did not move");
        foreach (var socket in sockets) Assert.Equal(1, await TestCluster.PublishAsync(drained, socket.User, "late"));
        await TestCluster.UntilAsync(() => told[0].Seqs.Length == 1, "the last socket was not delivered to");
        Assert.False(drain.IsCompleted);

        await told[0].CloseAsync();
        await drain.WaitAsync(TestCluster.Patience);
        Assert.Equal(MemberStatus.Up, Akka.Cluster.Cluster.Get(drained.System).SelfMember.Status);
        Assert.Equal(stayer.Name, await TestCluster.OwnerAsync(drained, UserId.Parse("somebody-new")));
        Assert.All(told, socket => Assert.Equal(["drain"], socket.Reconnects));
        Assert.All(sockets.Except(told), socket => Assert.Empty(socket.Reconnects));

        // A node that joins takes its share; the drained one gets nothing.
        var joined = await cluster.AddAsync();
        await TestCluster.UntilAsync(() => stayer.Board.Placement!.Table.Of(joined.Name).Count() == TestCluster.Shards / 2, "the newcomer got no share");
        Assert.Empty(stayer.Board.Placement!.Table.Of(drained.Name));

        await drained.StopAsync();
        cluster.Forget(drained);
        await TestCluster.UntilAsync(() => cluster.Nodes.All(node => !node.Board.DrainFlags.Any()), "the drain of a node that is gone is still remembered");
    }

    [Fact]
    public async Task Sockets_elsewhere_are_told_only_where_the_new_owner_can_be_reached_directly()
    {
        const string Url = "ws://direct/ws";
        await using var cluster = await TestCluster.StartAsync(2);
        await cluster.AddAsync(advertise: Url);
        await cluster.SettleAsync();
        var (stayer, drained, direct) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        var sockets = Enumerable.Range(0, Users).Select(i => stayer.Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");

        await drained.StopAsync();
        cluster.Forget(drained);
        var owners = await Task.WhenAll(sockets.Select(socket => TestCluster.OwnerAsync(stayer, socket.User)));
        var gain = sockets.Where((socket, i) => socket.Node == drained.Name && owners[i] == direct.Name).ToList();
        Assert.NotEmpty(gain);
        await TestCluster.UntilAsync(() => gain.TrueForAll(socket => socket.Reconnects.Length > 0), "those who gain were not told");
        Assert.All(gain, socket => Assert.Equal((1, Url), (socket.Reconnects.Length, socket.Url)));
        Assert.All(sockets.Except(gain), socket => Assert.Empty(socket.Reconnects));
    }

    [Fact]
    public async Task The_last_node_serves_to_the_end()
    {
        await using var cluster = await TestCluster.StartAsync(1);
        var node = cluster.Nodes[0];
        var socket = node.Open("alice");
        await TestCluster.UntilAsync(() => socket.Node.Length > 0, "no ready");
        var stop = node.StopAsync();
        await TestCluster.UntilAsync(() => socket.Reconnects.Length > 0, "it was not told");
        Assert.Equal(1, await TestCluster.PublishAsync(node, socket.User, "late"));
        Assert.Equal(1, await TestCluster.PublishAsync(node, UserId.Parse("bob"), "new"));
        await TestCluster.UntilAsync(() => socket.Seqs.Length == 1, "the last message did not come");
        await socket.CloseAsync();
        await stop.WaitAsync(TestCluster.Patience);
    }
}
