using Akka.Cluster;

namespace AkkaSockets.Cluster.Tests;

public sealed class ANodeThatDoesNotFitSpec : IAsyncLifetime
{
    private readonly TestMember _lighthouse = TestMember.Lighthouse("127.1.2.1");
    private readonly TestMember _first = TestMember.Node("127.1.2.2", shards: 256, store: "redis");
    private readonly List<TestMember> _others = [];

    [Theory]
    [InlineData(128, "redis", "Sharding:Shards is '128': it must be '256', as on the nodes that are in this cluster.")]
    [InlineData(256, "embedded", "Persistence:Provider is 'embedded': it must be 'redis', as on the nodes that are in this cluster.")]
    public async Task A_node_with_another_shard_count_or_store_is_told_so_and_the_one_that_was_there_is_not(int shards, string store, string why)
    {
        var stranger = TestMember.Node("127.1.2.3", shards, store);
        _others.Add(stranger);
        TestMember[] seeds = [_lighthouse, _first];
        _lighthouse.Start(seeds);
        _first.Start(seeds);
        await TestMember.OneClusterAsync(_lighthouse, _first);

        stranger.Start(seeds);
        Assert.Equal(why, await stranger.Refused.WaitAsync(TestCluster.Patience));

        // What it is told makes it leave, as MemberEnd has it.
        stranger.Cluster.Leave(stranger.Cluster.SelfAddress);
        await TestMember.OneClusterAsync(_lighthouse, _first);
        Assert.False(_first.Refused.IsCompleted);
        Assert.Equal(MemberStatus.Up, _first.Status);
    }

    [Fact]
    public async Task A_node_that_fits_is_told_nothing()
    {
        var second = TestMember.Node("127.1.2.3");
        _others.Add(second);
        TestMember[] all = [_lighthouse, _first, second];
        foreach (var member in all) member.Start(all);
        await TestMember.OneClusterAsync(all);
        Assert.DoesNotContain(all, member => member.Refused.IsCompleted);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var member in (TestMember[])[.. _others, _first, _lighthouse]) await member.DisposeAsync();
    }
}
