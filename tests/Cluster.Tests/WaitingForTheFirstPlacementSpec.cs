using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Cluster.Tests;

public sealed class WaitingForTheFirstPlacementSpec : IAsyncLifetime
{
    private readonly TestMember _self = TestMember.Node("127.1.4.1");
    private readonly FirstPlacement _first = new(2);
    private IActorRef _one = ActorRefs.Nobody;
    private IActorRef _other = ActorRefs.Nobody;

    private PlacementGuard Guard()
    {
        var guard = new PlacementGuard(new PutsAllOnOne(), _first);
        guard.Start(_self.System);
        return guard;
    }

    private static IImmutableDictionary<IActorRef, IImmutableList<string>> Shards(params IEnumerable<(IActorRef Region, string[] Shards)> regions) =>
        regions.ToImmutableDictionary(region => region.Region, region => (IImmutableList<string>)[.. region.Shards]);

    [Fact]
    public void Nothing_is_placed_before_as_many_nodes_are_up_and_known_to_the_coordinator()
    {
        var guard = Guard();
        Assert.False(guard.AllocateShard(_one, "1", Shards((_one, []))).IsCompleted);
        Assert.False(guard.AllocateShard(_one, "1", Shards((_one, []), (_other, []))).IsCompleted);
        _first.SeeNodes(2);
        Assert.False(guard.AllocateShard(_one, "1", Shards((_one, []))).IsCompleted);
        Assert.True(guard.AllocateShard(_one, "1", Shards((_one, []), (_other, []))).IsCompletedSuccessfully);
        // It was the first placement only.
        _first.SeeNodes(1);
        Assert.True(guard.AllocateShard(_one, "2", Shards((_one, []))).IsCompletedSuccessfully);
    }

    [Fact]
    public void Where_shards_are_the_first_placement_was()
    {
        Assert.True(Guard().AllocateShard(_one, "2", Shards((_one, ["1"]))).IsCompletedSuccessfully);
        Assert.True(_first.HasBegun);
    }

    /// <summary>The coordinator may begin when all nodes are Up, and knows its own region first: with everything there, half of all users would be sent away a moment later.</summary>
    [Fact]
    public void A_coordinator_that_begins_when_all_nodes_are_up_waits_until_it_knows_their_regions()
    {
        _first.SeeNodes(2);
        var guard = Guard();
        Assert.False(guard.AllocateShard(_one, "1", Shards((_one, []))).IsCompleted);
        Assert.True(guard.AllocateShard(_one, "1", Shards((_one, []), (_other, []))).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_coordinator_that_comes_to_a_node_which_saw_the_cluster_large_enough_waits_for_nobody()
    {
        _first.SeeNodes(2);
        _first.SeeNodes(1);
        Assert.True(Guard().AllocateShard(_one, "1", Shards((_one, []))).IsCompletedSuccessfully);
    }

    public async Task InitializeAsync()
    {
        _self.Start(_self);
        await TestMember.OneClusterAsync(_self);
        _one = _self.System.ActorOf(Props.Empty, "one");
        _other = _self.System.ActorOf(Props.Empty, "other");
    }

    public async Task DisposeAsync() => await _self.DisposeAsync();

    private sealed class PutsAllOnOne : IActorSystemDependentAllocationStrategy
    {
        public void Start(ActorSystem system)
        {
        }

        public Task<IActorRef> AllocateShard(IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> current) =>
            Task.FromResult(current.Keys.First());

        public Task<IImmutableSet<string>> Rebalance(IImmutableDictionary<IActorRef, IImmutableList<string>> current, IImmutableSet<string> inProgress) =>
            Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);
    }
}
