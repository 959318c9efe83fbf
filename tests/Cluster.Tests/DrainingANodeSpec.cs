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

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Where_nodes_can_be_reached_directly_each_of_its_clients_is_told_once_and_to_where_its_user_has_gone(int which)
    {
        await using var cluster = await TestCluster.StartAsync(0);
        for (var i = 0; i < 3; i++) await cluster.AddAsync(advertise: UrlOf(i));
        await cluster.SettleAsync();
        var drained = cluster.Nodes[which];
        var stayers = cluster.Nodes.Where(node => node != drained).ToArray();
        using var end = new CancellationTokenSource();
        TestNode ByUrl(string? url, int otherwise) => stayers.FirstOrDefault(node => UrlOf(node.Name[^1] - '0') == url) ?? stayers[otherwise % 2];
        var clients = Enumerable.Range(0, 2 * Users).Select(i => new TestClient($"user-{i}", drained, url => ByUrl(url, i), end.Token)).ToList();
        await TestCluster.UntilAsync(() => clients.TrueForAll(client => client.IsReady), "not every socket got its ready");
        Assert.Contains(clients, client => client.First.Node == drained.Name);

        // However busy the machine is, there is time for all to go with their users.
        await drained.Routine.EmptyAsync(TimeSpan.FromMinutes(30)).WaitAsync(TestCluster.Patience);
        await drained.StopAsync();
        cluster.Forget(drained);
        await TestCluster.UntilAsync(() => clients.TrueForAll(client => client.Sockets.Count > 1 && client.IsReady), "not every client came back");
        var owners = await Task.WhenAll(clients.Select(client => TestCluster.OwnerAsync(stayers[0], client.User)));
        await end.CancelAsync();
        for (var i = 0; i < clients.Count; i++)
        {
            Assert.Equal(["drain"], clients[i].First.Reconnects);
            Assert.Equal(2, clients[i].Sockets.Count);
            Assert.Empty(clients[i].Current.Reconnects);
            Assert.Equal(owners[i], clients[i].Current.Node);
            // On a busy machine one may not have heard of its user's new node in time.
            if (clients[i].First.Url is { } url) Assert.Equal((UrlOf(owners[i][^1] - '0'), owners[i]), (url, clients[i].Current.On.Name));
        }
        Assert.Contains(clients, client => client.First.Node == drained.Name && client.First.Url is not null);

        static string UrlOf(int node) => $"ws://node-{node}/ws";
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
