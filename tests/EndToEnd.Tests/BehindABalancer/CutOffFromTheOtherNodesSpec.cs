using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.BehindABalancer;

/// <summary>A node that no other member hears, and that HAProxy, clients and Redis still reach.</summary>
[Collection(Moving.Name)]
public sealed class CutOffFromTheOtherNodesSpec(ITestOutputHelper log)
{
    // What a member that was put out ends with, as docs/operations.md says.
    private const int Downed = 3;

    private const int ComeBack = 1012;

    private const int Users = 60;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [HaproxyNetworkFact]
    public async Task It_loses_its_sockets_are_told_to_come_back_and_go_on_elsewhere_and_each_log_is_one()
    {
        await using var network = await Network.CreateAsync(4);
        await using var cluster = await ProcessCluster.StartAsync(
            log, network, [BuiltNode.Path, BuiltNode.Path, BuiltNode.Path], ("ProxyProtocol:Trusted", $"{network.Here}/32"), ("Drain:DeadlineMs", 60_000));
        await using var haproxy = await HaproxyProcess.StartAsync(log, cluster.Nodes);
        await cluster.SettledAsync([]);
        await using var crowd = await ChattingCrowd.StartAsync(cluster.Nodes, Users, haproxy.SocketUrl);
        var loser = cluster.Nodes[2];
        var moved = await crowd.OwnedByAsync(loser);
        Assert.NotEmpty(moved);
        var there = await haproxy.ConnectionsAsync(loser);
        Assert.InRange(there, 1, Users - 1);

        await network.CutOffAsync(network.Hosts[3]);
        await haproxy.TakesAsync(loser, false);
        Assert.Equal(Downed, await loser.ExitAsync(Settle));
        await crowd.FlowsAsync();
        await crowd.CheckAsync(cluster);

        // Each of its sockets, and no other. Who has not found the way by the end, on a slow machine, is closed and not cut.
        Assert.Equal(there, crowd.Clients.Count(client => client.Told.SequenceEqual(["drain"])));
        Assert.Equal(there, crowd.Clients.Count(client => client.Told.Count > 0));
        Assert.All(crowd.Clients, client => Assert.All(client.Closes, code => Assert.Equal(ComeBack, code)));
        Assert.All(crowd.Clients, client => Assert.InRange(client.Closes.Count, 0, client.Told.Count));
        Assert.Contains(crowd.Clients, client => client.Told.Count > 0 && client.Closes.Count == 0);
    }
}
