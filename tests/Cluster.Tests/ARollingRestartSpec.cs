using AkkaSockets.Messages.Ids;
using Xunit.Abstractions;

namespace AkkaSockets.Cluster.Tests;

public sealed class ARollingRestartSpec(ITestOutputHelper output)
{
    private const int Users = 60;

    // Longer than any machine takes from one node's return to the next one's drain, which follow each other at once.
    private const int RolloutMs = 20_000;

    [Fact]
    public async Task Each_user_is_sent_away_for_its_sockets_node_and_at_the_most_once_for_the_share_that_goes_back_at_the_end()
    {
        await using var cluster = await TestCluster.StartAsync(3, rolloutMs: RolloutMs);
        await cluster.SettleAsync();
        var up = cluster.Nodes.ToArray();
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Users).Select(i => new TestClient($"user-{i}", cluster.Nodes[i % 3], _ => Volatile.Read(ref up).MinBy(node => node.Sockets)!, end.Token)).ToList();
        await TestCluster.UntilAsync(() => clients.All(client => client.IsReady), "not every socket got its ready");
        var turn = 0;
        await using var traffic = new Traffic(() => At(Volatile.Read(ref up), Interlocked.Increment(ref turn)), clients.Select(client => client.User)).Start();
        await TestCluster.UntilAsync(() => clients.All(client => client.Seen.Count > 2), "messages do not flow");

        foreach (var node in cluster.Nodes.Reverse().ToList())
        {
            Volatile.Write(ref up, [.. up.Where(other => other != node)]);
            await node.StopAsync();
            Volatile.Write(ref up, [.. up, await cluster.ReplaceAsync(node)]);
        }
        Assert.DoesNotContain("rebalance", Told(clients));
        await cluster.SettleAsync();
        var heads = await traffic.StopAsync();
        await TestCluster.UntilAsync(() => clients.Zip(heads).All(at => at.Item1.Seen.Count >= at.Item2), "not everything came");
        await end.CancelAsync();

        for (var i = 0; i < Users; i++)
        {
            Assert.Equal(Enumerable.Range(1, (int)heads[i]).Select(seq => (long)seq), clients[i].Seen);
            string[] told = [.. clients[i].Sockets.SelectMany(socket => socket.Reconnects)];
            Assert.InRange(told.Count(reason => reason == "drain"), 1, 2);
            Assert.InRange(told.Count(reason => reason == "rebalance"), 0, 1);
        }
        var drains = Told(clients).Count(reason => reason == "drain");
        var rebalances = Told(clients).Count(reason => reason == "rebalance");
        output.WriteLine($"{Users} users: drain {drains}, rebalance {rebalances}, mean {(drains + rebalances) / (double)Users:f2}, most {clients.Max(client => client.Sockets.Sum(socket => socket.Reconnects.Length))}");
        // Those of the last node's share, but for who was there already.
        var last = cluster.Nodes[^1];
        Assert.InRange(rebalances, 1, clients.Count(client => last.Board.Placement!.Table[ShardId.Of(client.User, TestCluster.Shards)] == last.Name));
    }

    private static TestNode At(TestNode[] nodes, int turn) => nodes[turn % nodes.Length];

    private static IEnumerable<string> Told(IEnumerable<TestClient> clients) => clients.SelectMany(client => client.Sockets).SelectMany(socket => socket.Reconnects);
}
