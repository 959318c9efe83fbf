using System.Globalization;
using Akka.Actor;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary>What this node answers to other members' operators.</summary>
public sealed class NodeResponder(NodeFacts facts, LocalSockets sockets, IOptions<PlacementOptions> placement, TimeProvider time, ILogger<NodeResponder> log) : IAdminResponder
{
    // A remote message may have 128,000 bytes: the longest socket takes 700 of them, a shard 20.
    private const int SocketsAtOnce = 150;
    private const int ShardsAtOnce = 4096;

    public async Task<IAdminReply?> AnswerAsync(IAdminQuery query) => query switch
    {
        GetShardLoads loads => await LoadsAsync(loads.From).ConfigureAwait(false),
        ListSockets list => List(list),
        _ => null,
    };

    public IDisposable? Follow(FollowTopic topic, IActorRef follower) => topic switch
    {
        FollowTopic.Sockets => new SocketFollowing(facts.Name, sockets.Directory, follower),
        FollowTopic.Shards => new ShardFollowing(facts, follower, time, log),
        _ => null,
    };

    private async Task<IAdminReply> LoadsAsync(int from)
    {
        if (await facts.ShardsAsync(CancellationToken.None).ConfigureAwait(false) is not { } here) throw new TimeoutException();
        var users = here.ToDictionary(shard => int.Parse(shard.Key, CultureInfo.InvariantCulture), shard => shard.Value);
        var held = sockets.Directory.All.CountBy(socket => ShardId.Of(socket.User, placement.Value.Shards).Value).ToDictionary();
        var shards = users.Keys.Union(held.Keys).Where(shard => shard >= from).Order().ToList();
        var loads = shards.Take(ShardsAtOnce).Select(shard => new ShardLoad(shard, users.ContainsKey(shard), users.GetValueOrDefault(shard), held.GetValueOrDefault(shard)));
        return new ShardLoads(facts.Name, [.. loads], shards.Count > ShardsAtOnce ? shards[ShardsAtOnce] : null);
    }

    private SocketsListed List(ListSockets list)
    {
        var found = sockets.Directory.All
            .Where(socket => socket.AcceptedAt > list.After && (list.User is not { } user || socket.User == user))
            .OrderBy(socket => socket.AcceptedAt)
            .Take(SocketsAtOnce + 1)
            .ToList();
        var told = found.Take(SocketsAtOnce).ToList();
        return new SocketsListed(facts.Name, [.. told.Select(Describe)], found.Count > told.Count ? told[^1].AcceptedAt : null);
    }

    private static SocketDescription Describe(OpenedSocket socket) => new(
        socket.Id, socket.User, socket.Device, socket.Owner, socket.Remote, new DateTimeOffset(socket.AcceptedAt, TimeSpan.Zero).ToUnixTimeMilliseconds());
}
