using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.BehindABalancer;

[Collection(Heavy.Name)]
public sealed class RestartingAllNodesSpec(ITestOutputHelper log)
{
    private const int Users = 120;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [HaproxyClusterFact]
    public async Task One_after_the_other_under_traffic_loses_nothing_and_each_node_sends_nobody_away_twice()
    {
        await using var cluster = await ProcessCluster.StartAsync(
            log, 3, ("ProxyProtocol:Trusted", "127.0.0.1/32"), ("Drain:NoticeMs", 5_000), ("Drain:DeadlineMs", 120_000), ("Sharding:RolloutMs", 20_000));
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
        Assert.All(told, times => Assert.True(times > 0, "the node of each user's socket was restarted"));
        Assert.All(crowd.Clients, client => Assert.InRange(client.Told.Count(reason => reason == "drain"), 0, cluster.Nodes.Count));
        Assert.All(crowd.Clients, client => Assert.Empty(client.Closes));
        Assert.All(crowd.Clients, client => Assert.InRange(client.FailuresInARow, 0, 1));
    }
}
