using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.BehindABalancer;

/// <summary>Mostly waits: for the minute that a silent socket may stay.</summary>
[Collection(Outages.Name)]
public sealed class HalfOpenClientsSpec(ITestOutputHelper log)
{
    // A minute, and as much again for a machine that has much else to do.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    [HaproxyNetworkFact]
    public async Task A_client_whose_link_was_cut_is_gone_within_the_idle_time_out_at_the_node_and_at_the_balancer()
    {
        await using var network = await Network.CreateAsync(1);
        await using var node = await NodeProcess.StartAsync(log, ("ProxyProtocol:Trusted", "127.0.0.1/32"));
        await using var haproxy = await HaproxyProcess.StartAsync(log, network.Here, [node]);
        var host = network.Hosts[0];
        var cut = await RawSocket.OpenAsync(node, RawConnection.Over(await host.ConnectAsync(haproxy.Clients)), new Upgrade("?user=alice&device=cut"));
        await cut.ReadAsync("ready");
        var beside = await RawSocket.OpenAsync(node, await RawConnection.OpenAsync(haproxy.Clients), new Upgrade("?user=alice&device=beside"));
        await beside.ReadAsync("ready");
        var later = beside.ReadAsync("msg", Idle);
        Assert.StartsWith($"{host.Address}:", (await DeviceAsync(node, "cut")).Text("remote"), StringComparison.Ordinal);

        await network.UnplugAsync(host);
        await Eventually.TrueAsync(async () => !(await DeviceAsync(node, "cut")).Flag("connected"), "the node has dropped the client", Idle);
        await Eventually.TrueAsync(async () => await haproxy.ConnectionsAsync() == 1, "HAProxy has, too", Idle);

        // Who answers pings stays.
        Assert.True((await DeviceAsync(node, "beside")).Flag("connected"));
        await node.Backend.PublishAsync("alice", "\"still here\"");
        Assert.Equal("\"still here\"", (await later).Data());
    }

    private static async Task<JsonElement> DeviceAsync(NodeProcess node, string name) =>
        (await node.Backend.DescribeAsync("alice")).GetProperty("devices").EnumerateArray().Single(device => device.Text("device") == name);
}
