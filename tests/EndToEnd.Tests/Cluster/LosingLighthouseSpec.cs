using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

[Collection(ComingAndGoing.Name)]
public sealed class LosingLighthouseSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task Killed_and_started_again_at_its_address_it_finds_the_cluster_of_the_nodes_which_noticed_nothing()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2);
        var (socket, ready) = await RawSocket.ReadyAsync(cluster.Nodes[0], "?user=alice");
        Assert.Equal(1, await cluster.Nodes[1].Backend.PublishAsync("alice", "1"));
        Assert.Equal(1, (await socket.ReadAsync("msg")).GetProperty("seq").GetInt64());

        // More than once: whether a peer's connect meets the new process before or after that one's own is chance.
        for (var i = 0; i < 4; i++)
        {
            await cluster.Lighthouse.KillAsync();
            // At once: its peers' ends of the connections are still there.
            cluster.Lighthouse.Launch();
            await cluster.FormedAsync();
        }

        Assert.Equal(2, await cluster.Nodes[1].Backend.PublishAsync("alice", "2"));
        Assert.Equal(2, (await socket.ReadAsync("msg")).GetProperty("seq").GetInt64());
        Assert.Equal(ready.GetProperty("node").GetString(), (await cluster.Nodes[0].Backend.DescribeAsync("alice")).GetProperty("node").GetString());
    }

    [RedisFact]
    public async Task Told_to_stop_it_leaves_the_cluster_and_ends_with_0()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 1);
        cluster.Lighthouse.Send(Signal.Terminate);
        Assert.Equal(0, await cluster.Lighthouse.ExitAsync(TimeSpan.FromSeconds(60)));
        // Left, not lost: the node alone is a majority.
        Assert.Equal(1, await ProcessCluster.PublishUntilAcceptedAsync(cluster.Nodes[0], "alice", "m1"));
        Assert.Empty(cluster.Lighthouse.Output.Faults);
    }
}
