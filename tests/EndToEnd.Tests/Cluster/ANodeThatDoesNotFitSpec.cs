using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

[Collection(ComingAndGoing.Name)]
public sealed class ANodeThatDoesNotFitSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task A_node_with_another_number_of_shards_ends_with_one_line_that_says_so()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 1);
        await using var stranger = RedisNode.Create(log, cluster.Redis, ("Cluster:Seeds", cluster.Nodes[0]["Cluster:Seeds"]), ("Sharding:Shards", 128));
        stranger.Launch();
        Assert.Equal(1, await stranger.ExitAsync(TimeSpan.FromSeconds(180)));
        Assert.Equal("AkkaSockets can't start: Sharding:Shards is '128': it must be '256', as on the nodes that are in this cluster.", Assert.Single(stranger.Output.StandardError));
        await cluster.FormedAsync();
    }
}
