using Akka.Actor;
using Akka.Remote;
using AkkaSockets.Node.Membership;

namespace AkkaSockets.Cluster.Tests;

public sealed class APartitionSpec : IAsyncLifetime
{
    private readonly TestMember _lighthouse = TestMember.Lighthouse("127.1.3.1", canBeCut: true);
    private readonly TestMember _a = TestMember.Node("127.1.3.2", canBeCut: true);
    private readonly TestMember _b = TestMember.Node("127.1.3.3", canBeCut: true);

    private TestMember[] All => [_lighthouse, _a, _b];

    [Fact]
    public async Task The_smaller_part_hears_no_majority_before_the_larger_gives_it_up_and_ends_itself()
    {
        foreach (var member in All) member.Start(All);
        await TestMember.OneClusterAsync(All);
        await TestCluster.UntilAsync(() => All.All(member => member.Majority.IsHeard), "a member does not hear the others");

        await Links.CutAsync(_b.System, _lighthouse.System, _a.System);
        await TestCluster.UntilAsync(() => _a.Cluster.State.Members.All(member => member.Address != _b.Cluster.SelfAddress), "the larger part did not go on alone");
        Assert.False(_b.Majority.IsHeard);
        await TestMember.OneClusterAsync(_lighthouse, _a);
        await TestCluster.UntilAsync(() => _lighthouse.Majority.IsHeard && _a.Majority.IsHeard, "the larger part does not hear itself");

        await _b.System.WhenTerminated.WaitAsync(TestCluster.Patience);
        Assert.Equal(MemberEnd.DownedStatus, MemberEnd.StatusOf(_b.System));
        Assert.False(_b.Majority.IsHeard);
    }

    [Fact]
    public async Task One_that_another_member_takes_nothing_from_any_more_ends_and_what_a_stranger_takes_is_all_the_same()
    {
        foreach (var member in All) member.Start(All);
        await TestMember.OneClusterAsync(All);

        _a.System.EventStream.Publish(new ThisActorSystemQuarantinedEvent(_a.Cluster.SelfAddress, new Address("akka.trttl.tcp", "test", "127.1.3.9", 1)));
        _b.System.EventStream.Publish(new ThisActorSystemQuarantinedEvent(_b.Cluster.SelfAddress, _a.Cluster.SelfAddress));
        await _b.System.WhenTerminated.WaitAsync(TestCluster.Patience);
        Assert.Equal(MemberEnd.DownedStatus, MemberEnd.StatusOf(_b.System));
        await TestMember.OneClusterAsync(_lighthouse, _a);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var member in All) await member.DisposeAsync();
    }
}
