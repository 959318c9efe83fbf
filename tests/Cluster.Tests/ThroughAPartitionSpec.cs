using AkkaSockets.Node.Membership;

namespace AkkaSockets.Cluster.Tests;

/// <summary>What becomes of sockets whose user is on the other side of a cut link.</summary>
public sealed class ThroughAPartitionSpec
{
    private const int Users = 30;

    [Fact]
    public async Task Sockets_of_the_larger_part_attach_again_there_those_of_the_smaller_are_sent_and_nothing_is_lost_repeated_or_reordered()
    {
        await using var cluster = await TestCluster.StartAsync(3, canBeCut: true);
        await cluster.SettleAsync();
        var cut = cluster.Nodes[2];
        var stayers = cluster.Nodes.Take(2).ToArray();
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Users).Select(i => new TestClient($"user-{i}", cluster.Nodes[i % 3], _ => stayers[i % 2], end.Token)).ToList();
        await TestCluster.UntilAsync(() => clients.All(client => client.IsReady), "not every socket got its ready");
        Assert.Contains(clients, client => client.First.On != cut && client.First.Node == cut.Name);
        Assert.Contains(clients, client => client.First.On == cut && client.First.Node != cut.Name);
        Assert.Contains(clients, client => client.First.On == cut && client.First.Node == cut.Name);

        var turn = 0;
        await using var traffic = new Traffic(() => stayers[Interlocked.Increment(ref turn) & 1], clients.Select(client => client.User)).Start();
        await TestCluster.UntilAsync(() => clients.All(client => client.Seen.Count > 2), "messages do not flow");
        await Links.CutAsync(cut.System, stayers.Select(node => node.System));
        await cut.System.WhenTerminated.WaitAsync(TestCluster.Patience);
        Assert.Equal(MemberEnd.DownedStatus, MemberEnd.StatusOf(cut.System));
        cluster.Forget(cut);
        var before = clients.Select(client => client.Seen.Count).ToList();
        await TestCluster.UntilAsync(() => clients.Zip(before).All(at => at.Item1.Seen.Count > at.Item2), "messages do not flow again");
        var heads = await traffic.StopAsync();
        await TestCluster.UntilAsync(() => clients.Zip(heads).All(at => at.Item1.Seen.Count >= at.Item2), "not everything came");
        await end.CancelAsync();

        for (var i = 0; i < Users; i++)
        {
            Assert.Equal(Enumerable.Range(1, (int)heads[i]).Select(seq => (long)seq), clients[i].Seen);
            Assert.All(clients[i].Sockets, socket => Assert.Equal(socket.Seqs.Distinct().Order(), socket.Seqs));
            string[] told = clients[i].First.On == cut ? ["drain"] : [];
            Assert.Equal(told, clients[i].First.Reconnects);
            // One that is not ready in time, since its user's owner is not given up yet, is closed and may come again.
            Assert.Equal(clients[i].First.On == cut ? 2 : 1, clients[i].Sockets.Count(socket => socket.Node.Length > 0));
            Assert.All(clients[i].Sockets.Skip(1), socket => Assert.Empty(socket.Reconnects));
        }
    }

    /// <summary>A connection between nodes that breaks takes with it what was under way, and a socket whose user gets nothing more would not see a hole.</summary>
    [Fact]
    public async Task A_delivery_that_is_lost_between_nodes_is_made_up_for_even_if_nothing_follows_it()
    {
        await using var cluster = await TestCluster.StartAsync(2, canBeCut: true);
        await cluster.SettleAsync();
        var (here, there) = (cluster.Nodes[0], cluster.Nodes[1]);
        var sockets = Enumerable.Range(0, Users).Select(i => here.Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.TrueForAll(socket => socket.Node.Length > 0), "not every socket got its ready");
        var across = sockets.Where(socket => socket.Node == there.Name).ToList();
        Assert.NotEmpty(across);
        await Task.WhenAll(across.Select(socket => TestCluster.PublishUntilAcceptedAsync(there, socket.User, "first")));
        await TestCluster.UntilAsync(() => across.TrueForAll(socket => socket.Seqs.Length == 1), "the first message did not come");

        await Links.CutAsync(here.System, there.System);
        await Task.WhenAll(across.Select(socket => TestCluster.PublishUntilAcceptedAsync(there, socket.User, "lost on its way")));
        await Links.HealAsync(here.System, there.System);
        await TestCluster.UntilAsync(() => across.TrueForAll(socket => socket.Seqs.SequenceEqual([1L, 2L])), "a socket was left without a message that is in the log");
        Assert.All(across, socket => Assert.False(socket.Web.Closed.Task.IsCompleted));
        Assert.All(across, socket => Assert.Empty(socket.Reconnects));
    }
}
