using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Api;

/// <summary>
/// The cluster as this node sees it. Each node's own region is asked, all at once: sharding's question to the whole cluster
/// gives nothing at all when one member is silent. Sockets are as last reported, the placement as the coordinator published it.
/// </summary>
internal sealed class ClusterView(
    ActorSystem system,
    IRequiredActor<UserShards> own,
    NodeDirectory nodes,
    PlacementBoard board,
    ApiLimits limits,
    IOptions<ClusterMemberOptions> self,
    IOptions<PlacementOptions> placement)
{
    private static readonly ShardRegionStats NoRegion = new(ImmutableDictionary<string, int>.Empty, ImmutableHashSet<string>.Empty);

    /// <summary>Answers within <see cref="ApiLimits.ClusterDeadline"/>, and names the members that did not.</summary>
    public async Task<ClusterAnswer> ReadAsync(CancellationToken stop)
    {
        var cluster = Cluster.Get(system);
        var region = await own.GetAsync(stop).ConfigureAwait(false);
        var state = cluster.State;
        var members = await Task.WhenAll(state.Members.Select(async member =>
        {
            var isSelf = member.UniqueAddress.Equals(cluster.SelfUniqueAddress);
            var stats = await AskAsync(member, isSelf, region, stop).ConfigureAwait(false);
            return (Answer: Describe(member, isSelf, stats, !state.Unreachable.Contains(member)), Stats: stats);
        })).ConfigureAwait(false);
        return new ClusterAnswer(
            [.. members.Select(member => member.Answer)],
            [.. members.Where(member => member.Stats is null).Select(member => member.Answer.Node)],
            new PlacementAnswer(placement.Value.Shards, board.Placement?.Version, new OrderedDictionary<string, string>(InForce(members))));
    }

    /// <summary>The published table; until there is one, what runs where.</summary>
    private IEnumerable<KeyValuePair<string, string>> InForce(IEnumerable<(MemberAnswer Answer, ShardRegionStats? Stats)> members)
    {
        if (board.Placement is { Table: var table })
            return table.Shards().Where(shard => table[shard] is not null).Select(shard => KeyValuePair.Create(shard.ToString(), table[shard]!));
        var running = from member in members
                      from shard in member.Stats?.Stats.Keys ?? []
                      orderby int.Parse(shard, CultureInfo.InvariantCulture)
                      select KeyValuePair.Create(shard, member.Answer.Node);
        return running.DistinctBy(shard => shard.Key);
    }

    /// <summary>Null for a member that is silent.</summary>
    private async Task<ShardRegionStats?> AskAsync(Member member, bool isSelf, IActorRef region, CancellationToken stop)
    {
        try
        {
            if (!isSelf && !MemberRoles.IsNode(member)) return NoRegion;
            var target = isSelf ? region : await FindAsync(member, region.Path, stop).ConfigureAwait(false);
            if (target is null) return NoRegion;
            return await target.Ask<ShardRegionStats>(GetShardRegionStats.Instance, limits.ClusterDeadline, stop).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>The member's own region; null where it runs none, as Lighthouse.</summary>
    private async Task<IActorRef?> FindAsync(Member member, ActorPath localRegion, CancellationToken stop)
    {
        var path = new RootActorPath(member.Address) / localRegion.Elements;
        var identity = await system.ActorSelection(path).Ask<ActorIdentity>(new Identify(null), limits.ClusterDeadline, stop).ConfigureAwait(false);
        return identity.Subject;
    }

    private MemberAnswer Describe(Member member, bool isSelf, ShardRegionStats? stats, bool isReachable) => new(
        isSelf ? self.Value.NodeName : MemberRoles.NameOf(member),
        member.Address.ToString(),
        member.Status.ToString(),
        isReachable,
        [.. member.Roles.Order(StringComparer.Ordinal)],
        stats?.Stats.Count,
        stats?.Stats.Values.Sum(),
        SocketsOf(member, isSelf),
        board.IsDraining(member.UniqueAddress),
        isSelf);

    private int? SocketsOf(Member member, bool isSelf)
    {
        if (isSelf) return nodes.Self.Sockets;
        return MemberRoles.IsNode(member) ? nodes.Of(member.Address)?.Sockets : 0;
    }
}
