using Akka.Actor;

namespace AkkaSockets.Cluster.Tests;

/// <summary>Members that are started, killed and started again, and never are two clusters.</summary>
public sealed class FindingOneClusterSpec : IAsyncLifetime
{
    private readonly TestMember _lighthouse = TestMember.Lighthouse("127.1.1.1");
    private readonly TestMember _a = TestMember.Node("127.1.1.2");
    private readonly TestMember _b = TestMember.Node("127.1.1.3");

    private TestMember[] All => [_lighthouse, _a, _b];

    [Fact]
    public async Task Nodes_wait_for_the_first_of_the_seeds_which_alone_founds_a_cluster()
    {
        _a.Start(All);
        _b.Start(All);
        _lighthouse.Start(All);
        await TestMember.OneClusterAsync(All);

        var founder = _a.Cluster.State.Members.Aggregate((one, other) => one.IsOlderThan(other) ? one : other);
        Assert.Equal(_lighthouse.Cluster.SelfUniqueAddress, founder.UniqueAddress);
    }

    [Fact]
    public async Task Lighthouse_killed_and_started_again_while_the_nodes_live_finds_their_cluster()
    {
        foreach (var member in All) member.Start(All);
        await TestMember.OneClusterAsync(All);

        for (var i = 0; i < 2; i++)
        {
            var former = _lighthouse.Cluster.SelfUniqueAddress;
            await _lighthouse.KillAsync();
            _lighthouse.Start(All);
            await TestMember.OneClusterAsync(All);
            Assert.NotEqual(former, _lighthouse.Cluster.SelfUniqueAddress);
        }
    }

    [Fact]
    public async Task All_members_killed_and_started_again_at_once_are_one_cluster()
    {
        foreach (var member in All) member.Start(All);
        await TestMember.OneClusterAsync(All);

        await Task.WhenAll(All.Select(member => member.KillAsync()));
        foreach (var member in All.Reverse()) member.Start(All);
        await TestMember.OneClusterAsync(All);
        await TestCluster.UntilAsync(() => All.All(member => member.Majority.IsHeard), "a member does not hear the others");
    }

    [Fact]
    public async Task Of_two_clusters_that_find_each_other_the_smaller_ends_and_its_members_join_the_larger()
    {
        _lighthouse.Start(All);
        await TestMember.OneClusterAsync(_lighthouse);
        // As if they had been cut off from it when they started.
        _a.Start(_a, _b);
        _b.Start(_a, _b);
        await TestMember.OneClusterAsync(_a, _b);

        await TestCluster.UntilAsync(() => _lighthouse.System.WhenTerminated.IsCompleted, "it stays a cluster of its own");
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(_lighthouse.System).ShutdownReason);
        await TestMember.OneClusterAsync(_a, _b);

        _lighthouse.Start(All);
        await TestMember.OneClusterAsync(All);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var member in All) await member.DisposeAsync();
    }
}
