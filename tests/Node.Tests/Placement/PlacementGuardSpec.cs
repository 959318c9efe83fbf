using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Placement;

public sealed class PlacementGuardSpec() : TestKit(ConfigurationFactory.ParseString("""
    akka.actor.provider = cluster
    akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
    """).WithFallback(TestConfig.Hocon))
{
    private static readonly IImmutableList<string> NoShards = [];

    /// <summary>The coordinator fails on a null that is there at once.</summary>
    [Fact]
    public async Task Before_the_first_placement_may_begin_there_is_no_answer_and_not_null_either()
    {
        var first = new FirstPlacement(2);
        var guard = new PlacementGuard(new ToTheRequester(), first);
        guard.Start(Sys);
        var region = ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty.Add(TestActor, NoShards);

        Assert.False(guard.AllocateShard(TestActor, "1", region).IsCompleted);
        first.SeeNodes(2);
        Assert.False(guard.AllocateShard(TestActor, "1", region).IsCompleted);
        Assert.Equal(TestActor, await guard.AllocateShard(TestActor, "1", region.Add(CreateTestProbe().Ref, NoShards)));
        Assert.Equal(TestActor, await guard.AllocateShard(TestActor, "1", region));
        Assert.False(guard.AllocateShard(TestActor, "1", ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty).IsCompleted);
    }

    [Fact]
    public async Task A_node_that_is_up_and_whose_region_never_comes_does_not_hold_up_the_others_for_good()
    {
        var first = new FirstPlacement(2);
        first.SeeNodes(2);
        var time = new FakeTimeProvider();
        var guard = new PlacementGuard(new ToTheRequester(), first) { Time = time };
        guard.Start(Sys);
        var region = ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty.Add(TestActor, NoShards);

        Assert.False(guard.AllocateShard(TestActor, "1", region).IsCompleted);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(guard.AllocateShard(TestActor, "1", region).IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TestActor, await guard.AllocateShard(TestActor, "1", region));
    }

    /// <summary>A table that was made for the node that came first has all users there, and sends half of them away when the other has settled.</summary>
    [Fact]
    public async Task Before_the_first_placement_nothing_is_evened_out_and_no_table_made()
    {
        var (first, inner) = (new FirstPlacement(2), new ToTheRequester());
        var guard = new PlacementGuard(inner, first);
        guard.Start(Sys);
        var one = ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty.Add(TestActor, NoShards);
        var both = one.Add(CreateTestProbe().Ref, NoShards);

        Assert.Empty(await guard.Rebalance(one, ImmutableHashSet<string>.Empty));
        first.SeeNodes(2);
        Assert.Empty(await guard.Rebalance(one, ImmutableHashSet<string>.Empty));
        Assert.Equal(0, inner.Rebalances);
        await guard.Rebalance(both, ImmutableHashSet<string>.Empty);
        Assert.Equal(1, inner.Rebalances);
        // It is made before anybody comes.
        Assert.Equal(TestActor, await guard.AllocateShard(TestActor, "1", one));
    }

    [Fact]
    public async Task A_coordinator_that_begins_where_shards_are_goes_on_evening_out_at_once()
    {
        var inner = new ToTheRequester();
        var guard = new PlacementGuard(inner, new FirstPlacement(2));
        guard.Start(Sys);
        await guard.Rebalance(ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty.Add(TestActor, ["1"]), ImmutableHashSet<string>.Empty);
        Assert.Equal(1, inner.Rebalances);
    }

    private sealed class ToTheRequester : IActorSystemDependentAllocationStrategy
    {
        public int Rebalances { get; private set; }

        public void Start(ActorSystem system)
        {
        }

        public Task<IActorRef> AllocateShard(IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> current) => Task.FromResult(requester);

        public Task<IImmutableSet<string>> Rebalance(IImmutableDictionary<IActorRef, IImmutableList<string>> current, IImmutableSet<string> inProgress)
        {
            Rebalances++;
            return Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);
        }
    }
}
