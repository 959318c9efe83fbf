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
    public async Task Nothing_is_placed_before_as_many_nodes_are_up_and_known_to_the_coordinator()
    {
        var guard = Guard();
        Assert.Null(await guard.AllocateShard(_one, "1", Shards((_one, []))));
        Assert.Null(await guard.AllocateShard(_one, "1", Shards((_one, []), (_other, []))));
        _first.SeeNodes(2);
        Assert.Null(await guard.AllocateShard(_one, "1", Shards((_one, []))));
        Assert.NotNull(await guard.AllocateShard(_one, "1", Shards((_one, []), (_other, []))));
        // It was the first placement only.
        _first.SeeNodes(1);
        Assert.NotNull(await guard.AllocateShard(_one, "2", Shards((_one, []))));
    }

    [Fact]
    public async Task Where_shards_are_the_first_placement_was()
    {
        Assert.NotNull(await Guard().AllocateShard(_one, "2", Shards((_one, ["1"]))));
        Assert.True(_first.HasBegun);
    }

    [Fact]
    public async Task A_coordinator_that_comes_to_a_node_which_saw_the_cluster_large_enough_waits_for_nobody()
    {
        _first.SeeNodes(2);
        _first.SeeNodes(1);
        Assert.NotNull(await Guard().AllocateShard(_one, "1", Shards((_one, []))));
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
