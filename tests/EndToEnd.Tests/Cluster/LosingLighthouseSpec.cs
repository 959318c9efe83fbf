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
        await using var socket = await WatchedSocket.OpenAsync(cluster.Nodes[0], "alice", "phone");
        Assert.Equal(1, await cluster.Nodes[1].Backend.PublishAsync("alice", "1"));

        // More than once: whether a peer's connect meets the new process before or after that one's own is chance.
        for (var i = 0; i < 4; i++)
        {
            await cluster.Lighthouse.KillAsync();
            // At once: its peers' ends of the connections are still there.
            cluster.Lighthouse.Launch();
            await cluster.FormedAsync();
        }

        Assert.Equal(2, await cluster.Nodes[1].Backend.PublishAsync("alice", "2"));
        await Eventually.TrueAsync(() => socket.Seqs.SequenceEqual([1, 2]), "both have come, over the one socket");
        Assert.Empty(socket.Reconnects);
        Assert.Equal(socket.Ready.GetProperty("node").GetString(), (await cluster.Nodes[0].Backend.DescribeAsync("alice")).GetProperty("node").GetString());
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
