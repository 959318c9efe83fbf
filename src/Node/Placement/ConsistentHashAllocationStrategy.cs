using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// Akka's side of <see cref="PlacementPlan"/>: it turns regions into node names and back, and knows which nodes are leaving. The coordinator calls it from
/// its own thread, on whichever node it lives.
/// </summary>
internal sealed class ConsistentHashAllocationStrategy(int shards, TimeSpan settle, TimeProvider time) : IActorSystemDependentAllocationStrategy
{
    // What did best with 1,000 users and traffic: all at once, and everybody waits for the slowest.
    private const int MovesAtOnce = 10;

    private PlacementPlan _plan = new(ShardTable.Empty(shards), settle, MovesAtOnce, time);
    private ImmutableHashSet<IActorRef> _registered = [];
    private ImmutableHashSet<IActorRef> _leaving = [];
    private Cluster _cluster = null!;

    public void Start(ActorSystem system) => _cluster = Cluster.Get(system);

    public Task<IActorRef> AllocateShard(IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> current)
    {
        // The coordinator leaves out here who is shutting down, and names it still in Rebalance: forgotten in between, its shards would go back and forth.
        _leaving = _registered.Except(current.Keys);
        var regions = Names(current.Keys);
        var owner = _plan.OwnerOf(ParseShard(shardId), [.. regions.Values]);
        // Null means "ask again": the coordinator retries as long as somebody asks.
        return Task.FromResult(regions.FirstOrDefault(region => region.Value == owner).Key);
    }

    public Task<IImmutableSet<string>> Rebalance(IImmutableDictionary<IActorRef, IImmutableList<string>> current, IImmutableSet<string> inProgress)
    {
        _registered = [.. current.Keys];
        _leaving = _leaving.Intersect(_registered);
        var regions = Names(_registered.Except(_leaving));
        var present = regions
            .SelectMany(region => current[region.Key].Select(shard => (Shard: ParseShard(shard), Node: region.Value)))
            .Where(at => !inProgress.Contains(at.Shard.ToString()))
            .ToDictionary(at => at.Shard, at => at.Node);
        var moves = _plan.NextMoves([.. regions.Values], present, inProgress.Count);
        return Task.FromResult<IImmutableSet<string>>(moves.Select(shard => shard.ToString()).ToImmutableHashSet());
    }

    /// <summary>The regions whose node is Up, by name: what is on a dead one comes free by itself, and asking a dead one would wait for the hand-off's time-out.</summary>
    private Dictionary<IActorRef, string> Names(IEnumerable<IActorRef> regions)
    {
        var members = _cluster.State.Members
            .Where(member => member.Status == MemberStatus.Up && member.HasRole(MemberRoles.Node))
            .ToDictionary(member => member.Address, MemberRoles.NameOf);
        var names = new Dictionary<IActorRef, string>();
        foreach (var region in regions)
        {
            var address = region.Path.Address.HasLocalScope ? _cluster.SelfAddress : region.Path.Address;
            if (members.TryGetValue(address, out var name)) names[region] = name;
        }
        return names;
    }

    private static ShardId ParseShard(string shardId) => new(int.Parse(shardId, System.Globalization.CultureInfo.InvariantCulture));
}
