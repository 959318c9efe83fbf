using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.BehindABalancer;

[Collection(Moving.Name)]
public sealed class RestartingAllNodesSpec(ITestOutputHelper log)
{
    private const int Users = 120;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [HaproxyClusterFact]
    public async Task One_after_the_other_under_traffic_loses_nothing_and_each_node_sends_nobody_away_twice()
    {
        await using var cluster = await ProcessCluster.StartBehindABalancerAsync(
            log, 3, later: 0, ("Drain:NoticeMs", 5_000), ("Drain:DeadlineMs", 120_000), ("Sharding:RolloutMs", 60_000));
        await using var haproxy = await HaproxyProcess.StartAsync(log, cluster.Nodes);
        await cluster.SettledAsync([]);
        await using var crowd = await ChattingCrowd.StartAsync(cluster.Nodes, Users, haproxy.SocketUrl);

        foreach (var node in cluster.Nodes.Reverse())
        {
            node.Send(Signal.Terminate);
            await haproxy.TakesAsync(node, false);
            Assert.Equal(0, await node.ExitAsync(Settle));
            node.Launch();
            await cluster.FormedAsync();
            await haproxy.TakesAsync(node, true);
        }
        await cluster.SettledAsync(crowd.Names);
        await crowd.FlowsAsync();
        await crowd.CheckAsync(cluster);

        var told = crowd.Clients.Select(client => client.Told.Count).ToList();
        log.WriteLine($"disturbances of a user: mean {told.Average():0.00}, most {told.Max()}");
        // Nobody more often than docs/operations.md says, which is 1 + 2/n in the mean, with room for chance: each node once, and the rebalance at the end once.
        Assert.InRange(told.Average(), 1, 1 + 2.0 / cluster.Nodes.Count + 0.4);
        Assert.All(crowd.Clients, client => Assert.InRange(client.Told.Count(reason => reason == "drain"), 1, cluster.Nodes.Count));
        Assert.All(crowd.Clients, client => Assert.InRange(client.Told.Count(reason => reason == "rebalance"), 0, 1));
        Assert.All(crowd.Clients, client => Assert.Empty(client.Closes));
        Assert.All(crowd.Clients, client => Assert.InRange(client.FailuresInARow, 0, 1));
    }
}
