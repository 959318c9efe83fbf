using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// Akka's side of <see cref="PlacementPlan"/>: it turns regions into node names and back, and knows which nodes are draining or leaving. The coordinator calls it,
/// on whichever node it lives; when it begins there, the plan goes on from what is allocated and published.
/// </summary>
internal sealed class ConsistentHashAllocationStrategy(PlacementOptions options, PlacementBoard board, IActorRef publisher, TimeProvider time)
    : IActorSystemDependentAllocationStrategy
{
    // Past the board's own: then it is gone, and what is allocated has to do.
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly MovePace _pace = new(time);
    private Task _read = Task.CompletedTask;
    private Task<bool> _pauseIsKnown = Task.FromResult(false);
    private PlacementPlan? _plan;
    private long _published;
    private ImmutableHashSet<IActorRef> _registered = [];
    private ImmutableHashSet<IActorRef> _leaving = [];
    private Cluster _cluster = null!;

    public void Start(ActorSystem system)
    {
        _cluster = Cluster.Get(system);
        lock (_gate) (_plan, _registered, _leaving) = (null, [], []);
        _read = ReadAsync();
        _pauseIsKnown = ReadPauseAsync();
    }

    public async Task<IActorRef> AllocateShard(IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> current)
    {
        await _read.ConfigureAwait(false);
        lock (_gate)
        {
            // The coordinator leaves out here who is shutting down, and names it still in Rebalance: forgotten in between, its shards would go back and forth.
            _leaving = _registered.Except(current.Keys);
            var regions = NodesOf(current.Keys);
            var eligible = regions.Where(region => region.Value.IsEligible).ToList();
            // With nobody else left, those that drain or leave serve to the end. There is always one: the coordinator does not ask without a region, and fails on null.
            if (eligible.Count == 0) eligible = [.. current.Keys.Select(region => KeyValuePair.Create(region, new RegionNode(NameOf(region), false)))];
            var owner = PlanFrom(current, regions).OwnerOf(ParseShard(shardId), [.. eligible.Select(region => region.Value.Name)]);
            Publish();
            return eligible.First(region => region.Value.Name == owner).Key;
        }
    }

    public Task<IImmutableSet<string>> Rebalance(IImmutableDictionary<IActorRef, IImmutableList<string>> current, IImmutableSet<string> inProgress)
    {
        IImmutableSet<string> moves = ImmutableHashSet<string>.Empty;
        if (!KnowsPause() || board.Paused is not null) return Task.FromResult(moves);
        // Every region has to agree to a move: while one is silent, the shard would be nowhere until the hand-off's time-out.
        if (!_read.IsCompleted || _cluster.State.Unreachable.Any(member => member.HasRole(MemberRoles.Node))) return Task.FromResult(moves);
        lock (_gate)
        {
            _registered = [.. current.Keys];
            _leaving = _leaving.Intersect(_registered);
            var regions = NodesOf(_registered.Except(_leaving));
            var present = regions
                .SelectMany(region => current[region.Key].Select(shard => (Shard: ParseShard(shard), Node: region.Value.Name)))
                .Where(at => !inProgress.Contains(at.Shard.ToString()))
                .ToDictionary(at => at.Shard, at => at.Node);
            var plan = PlanFrom(current, regions);
            var moving = _pace.OnTheMove(inProgress.Select(ParseShard).ToHashSet(), current.Values.SelectMany(shards => shards).Select(ParseShard).ToHashSet());
            var due = plan.NextMoves([.. regions.Values.Where(node => node.IsEligible).Select(node => node.Name)], present, moving.Count);
            Publish();
            moves = _pace.Begin(due, moving).Select(shard => shard.ToString()).ToImmutableHashSet();
        }
        return Task.FromResult(moves);
    }

    /// <summary>
    /// The regions that take part, by node. Up ones are eligible unless they drain; what is on one that drains moves, while it leaves too. What is on a dead one comes free
    /// by itself, and asking a dead one would wait for the hand-off's time-out; one that leaves without having drained moves all it has itself.
    /// </summary>
    private Dictionary<IActorRef, RegionNode> NodesOf(IEnumerable<IActorRef> regions)
    {
        var members = new Dictionary<Address, RegionNode>();
        foreach (var member in _cluster.State.Members.Where(member => member.HasRole(MemberRoles.Node)))
        {
            var isDraining = board.IsDraining(member.UniqueAddress);
            var isUp = member.Status == MemberStatus.Up;
            if (isUp || (isDraining && member.Status is MemberStatus.Leaving or MemberStatus.Exiting))
                members[member.Address] = new RegionNode(MemberRoles.NameOf(member), isUp && !isDraining);
        }
        var nodes = new Dictionary<IActorRef, RegionNode>();
        foreach (var region in regions)
        {
            if (members.TryGetValue(AddressOf(region), out var node)) nodes[region] = node;
        }
        return nodes;
    }

    /// <summary>
    /// The plan, made when the coordinator has begun here: each shard that runs belongs where it runs, each other where the published table has it. So a coordinator
    /// that moves moves no shard.
    /// </summary>
    private PlacementPlan PlanFrom(IImmutableDictionary<IActorRef, IImmutableList<string>> current, Dictionary<IActorRef, RegionNode> regions)
    {
        if (_plan is not null) return _plan;
        var published = board.Placement is { } known && known.Table.Count == options.Shards ? known : new PublishedPlacement(0, ShardTable.Empty(options.Shards));
        var owners = published.Table.Shards().Select(shard => published.Table[shard]).ToArray();
        foreach (var (region, node) in regions)
        {
            foreach (var shard in current[region]) owners[ParseShard(shard).Value] = node.Name;
        }
        var table = new ShardTable([.. owners]);
        var isSame = !published.Table.MovedTo(table).Any();
        _published = published.Version;
        return _plan = new PlacementPlan(table, isSame ? published.Version : published.Version + 1, options.Settle, MovePace.Most, time)
        {
            Rollout = options.Rollout,
            HasDrained = board.HasDrained,
        };
    }

    private void Publish()
    {
        if (_plan!.Version == _published) return;
        _published = _plan.Version;
        publisher.Tell(new PublishPlacement(new PublishedPlacement(_plan.Version, _plan.Table)));
    }

    private async Task ReadAsync() =>
        await ((Task)publisher.Ask<PlacementRead>(ReadPlacement.Instance, ReadWithin)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>
    /// A coordinator that has just joined may not have heard of a pause yet. A move can wait until that is known, and one that was forbidden can't be taken back: so it is asked until a majority
    /// has answered. What has no place is placed meanwhile.
    /// </summary>
    private bool KnowsPause()
    {
        if (_pauseIsKnown is { IsCompleted: true, Result: false }) _pauseIsKnown = ReadPauseAsync();
        return _pauseIsKnown is { IsCompleted: true, Result: true };
    }

    private async Task<bool> ReadPauseAsync()
    {
        try
        {
            return (await publisher.Ask<PauseRead>(ReadPause.Instance, ReadWithin).ConfigureAwait(false)).IsKnown;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    private string NameOf(IActorRef region)
    {
        var address = AddressOf(region);
        return _cluster.State.Members.FirstOrDefault(member => member.Address == address) is { } member ? MemberRoles.NameOf(member) : $"{address.Host}:{address.Port}";
    }

    private Address AddressOf(IActorRef region) => region.Path.Address.HasLocalScope ? _cluster.SelfAddress : region.Path.Address;

    private static ShardId ParseShard(string shardId) => new(int.Parse(shardId, System.Globalization.CultureInfo.InvariantCulture));

    private readonly record struct RegionNode(string Name, bool IsEligible);
}
