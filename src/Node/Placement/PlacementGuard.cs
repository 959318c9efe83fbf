using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// Keeps the coordinator from placing what it must not: any shard before <see cref="FirstPlacement"/> allows it, and a shard on a node that counts or stores
/// otherwise and is about to stop for it (<see cref="MemberRoles.Disagreement"/>).
/// </summary>
internal sealed class PlacementGuard(IActorSystemDependentAllocationStrategy inner, FirstPlacement first) : IActorSystemDependentAllocationStrategy
{
    // A region registers within a second or two; an Up node that was drained has none any more, and must not hold up the others for good.
    private static readonly TimeSpan RegionsWithin = TimeSpan.FromSeconds(10);

    private Cluster _cluster = null!;
    private volatile bool _isOpen;
    private long? _waitsSince;

    /// <summary>Of the wait for regions.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public void Start(ActorSystem system)
    {
        _cluster = Cluster.Get(system);
        // Not open because the nodes are Up: a coordinator that begins after that knows the first region that comes, and would put everything there.
        (_isOpen, _waitsSince) = (false, null);
        inner.Start(system);
    }

    public Task<IActorRef> AllocateShard(IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> current)
    {
        if (!IsOpen(current) || Strangers().Contains(AddressOf(requester))) return NotNow();
        var fitting = WithoutStrangers(current);
        return fitting.Count == 0 ? NotNow() : inner.AllocateShard(requester, shardId, fitting);
    }

    /// <summary>Before the first placement nothing is evened out either: the table would be made for the nodes that are there so far, and whoever comes next be a newcomer to it.</summary>
    public Task<IImmutableSet<string>> Rebalance(IImmutableDictionary<IActorRef, IImmutableList<string>> current, IImmutableSet<string> inProgress) =>
        IsOpen(current) ? inner.Rebalance(WithoutStrangers(current), inProgress) : Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);

    private bool IsOpen(IImmutableDictionary<IActorRef, IImmutableList<string>> current)
    {
        if (_isOpen) return true;
        var hasShards = current.Values.Any(shards => shards.Count > 0);
        if (hasShards) first.SeeShards();
        // As many regions as nodes: one that is Up and whose region the coordinator does not know yet would get nothing. Where nodes have gone since, of those that are left.
        return _isOpen = hasShards || (first.HasBegun && (current.Count >= Math.Min(first.MinNodes, first.Nodes) || HaveRegionsHadTheirTime()));
    }

    /// <summary>Counted from when it is first asked and might place.</summary>
    private bool HaveRegionsHadTheirTime()
    {
        _waitsSince ??= Time.GetTimestamp();
        return Time.GetElapsedTime(_waitsSince.Value) >= RegionsWithin;
    }

    /// <summary>No answer, and the regions ask again. Not null, which the coordinator fails on where it comes at once (1.5.73).</summary>
    private static Task<IActorRef> NotNow() => new TaskCompletionSource<IActorRef>().Task;

    private IImmutableDictionary<IActorRef, IImmutableList<string>> WithoutStrangers(IImmutableDictionary<IActorRef, IImmutableList<string>> current)
    {
        var strangers = Strangers();
        return strangers.Count == 0 ? current : current.RemoveRange(current.Keys.Where(region => strangers.Contains(AddressOf(region))).ToList());
    }

    private HashSet<Address> Strangers()
    {
        var own = _cluster.SelfRoles;
        return [.. _cluster.State.Members.Where(member => MemberRoles.Disagreement(member.Roles, own) is not null).Select(member => member.Address)];
    }

    private Address AddressOf(IActorRef region) => region.Path.Address.HasLocalScope ? _cluster.SelfAddress : region.Path.Address;
}
