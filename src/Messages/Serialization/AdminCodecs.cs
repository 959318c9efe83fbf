using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Serialization;

/// <summary>What admin actors ask and answer.</summary>
internal static class AdminCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<GetMemberStatus, Proto.GetMemberStatus>(Manifests.GetMemberStatus, _ => new(), _ => new()),
        Codec.Of<GetShardLoads, Proto.GetShardLoads>(Manifests.GetShardLoads, m => new() { From = m.From }, p => new(p.From)),
        Codec.Of<ListSockets, Proto.ListSockets>(Manifests.ListSockets, Write, p => new(Parts.ToUser(p.HasUser, p.User), p.After)),
        Codec.Of<FollowMember, Proto.FollowMember>(
            Manifests.FollowMember,
            m => new() { Topic = (int)m.Topic, Follower = Akka.Serialization.Serialization.SerializedActorPath(m.Follower) },
            (p, system) => new((FollowTopic)p.Topic, system.Provider.ResolveActorRef(p.Follower))),
        Codec.Of<AdminRefused, Proto.AdminRefused>(Manifests.AdminRefused, m => new() { Why = m.Why }, p => new(p.Why)),
        Codec.Of<MemberStatus, Proto.MemberStatus>(Manifests.MemberStatus, Write, Read),
        Codec.Of<ShardLoads, Proto.ShardLoads>(Manifests.ShardLoads, Write, Read),
        Codec.Of<SocketsListed, Proto.SocketsListed>(Manifests.SocketsListed, Write, Read),
        Codec.Of<SocketNews, Proto.SocketNews>(Manifests.SocketNews, Write, Read),
        Codec.Of<ShardNews, Proto.ShardNews>(Manifests.ShardNews, Write, Read),
    ];

    private static Proto.ListSockets Write(ListSockets m)
    {
        var proto = new Proto.ListSockets { After = m.After };
        if (m.User is { } user) proto.User = user.Value;
        return proto;
    }

    private static Proto.MemberStatus Write(MemberStatus m)
    {
        var proto = new Proto.MemberStatus
        {
            Node = m.Node,
            Version = m.Version,
            StartedAt = m.StartedAt,
            State = m.State,
            Draining = m.IsDraining,
            MemoryBytes = m.MemoryBytes,
            LogLevel = m.LogLevel,
        };
        if (m.Shards is { } shards) proto.Shards = shards;
        if (m.Users is { } users) proto.Users = users;
        if (m.Sockets is { } sockets) proto.Sockets = sockets;
        if (m.Activity is { } activity) proto.Activity = Write(activity);
        return proto;
    }

    private static MemberStatus Read(Proto.MemberStatus p) => new(
        p.Node, p.Version, p.StartedAt, p.State, p.Draining,
        p.HasShards ? p.Shards : null, p.HasUsers ? p.Users : null, p.HasSockets ? p.Sockets : null, p.MemoryBytes, p.LogLevel)
    {
        Activity = p.Activity is { } activity ? Read(activity) : null,
    };

    private static Proto.MemberActivity Write(MemberActivity m)
    {
        var proto = new Proto.MemberActivity
        {
            Accepted = m.Accepted,
            Unavailable = m.Unavailable,
            Deliveries = m.Deliveries,
            Reconnects = m.Reconnects,
            Closes = m.Closes,
            ReconnectsPending = m.ReconnectsPending,
            OutboxBytes = m.OutboxBytes,
        };
        if (m.DrainEndsAt is { } ends) proto.DrainEndsAt = ends;
        return proto;
    }

    private static MemberActivity Read(Proto.MemberActivity p) => new(
        p.Accepted, p.Unavailable, p.Deliveries, p.Reconnects, p.Closes, p.ReconnectsPending, p.OutboxBytes, p.HasDrainEndsAt ? p.DrainEndsAt : null);

    private static Proto.ShardLoads Write(ShardLoads m)
    {
        var proto = new Proto.ShardLoads { Node = m.Node };
        proto.Shards.AddRange(m.Shards.Select(s => new Proto.ShardLoad { Shard = s.Shard, Here = s.IsHere, Users = s.Users, Sockets = s.Sockets }));
        if (m.Next is { } next) proto.Next = next;
        return proto;
    }

    private static ShardLoads Read(Proto.ShardLoads p) =>
        new(p.Node, [.. p.Shards.Select(s => new ShardLoad(s.Shard, s.Here, s.Users, s.Sockets))], p.HasNext ? p.Next : null);

    private static Proto.SocketsListed Write(SocketsListed m)
    {
        var proto = new Proto.SocketsListed { Node = m.Node };
        proto.Sockets.AddRange(m.Sockets.Select(s => new Proto.SocketDescription
        {
            Id = Parts.ToBytes(s.Id),
            User = s.User.Value,
            Device = s.Device.Value,
            Owner = s.Owner,
            Remote = s.Remote,
            Since = s.Since,
        }));
        if (m.Next is { } next) proto.Next = next;
        return proto;
    }

    private static SocketsListed Read(Proto.SocketsListed p) => new(
        p.Node,
        [.. p.Sockets.Select(s => new SocketDescription(Parts.ToSocketId(s.Id), UserId.Parse(s.User), DeviceId.Parse(s.Device), s.Owner, s.Remote, s.Since))],
        p.HasNext ? p.Next : null);

    private static Proto.SocketNews Write(SocketNews m)
    {
        var proto = new Proto.SocketNews { Node = m.Node, Missed = m.Missed };
        proto.Events.AddRange(m.Events.Select(e => new Proto.SocketEvent
        {
            At = e.At,
            Kind = (int)e.Kind,
            Id = Parts.ToBytes(e.Id),
            User = e.User.Value,
            Device = e.Device.Value,
            Remote = e.Remote,
            Code = e.Code,
            Detail = e.Detail,
        }));
        return proto;
    }

    private static SocketNews Read(Proto.SocketNews p) => new(
        p.Node,
        [.. p.Events.Select(e => new SocketEvent(
            e.At, (SocketEventKind)e.Kind, Parts.ToSocketId(e.Id), UserId.Parse(e.User), DeviceId.Parse(e.Device), e.Remote, e.Code, e.Detail))],
        p.Missed);

    private static Proto.ShardNews Write(ShardNews m)
    {
        var proto = new Proto.ShardNews { Node = m.Node, First = m.IsFirst };
        proto.Events.AddRange(m.Events.Select(e => new Proto.ShardEvent { At = e.At, Shard = e.Shard, Here = e.IsHere, Users = e.Users }));
        return proto;
    }

    private static ShardNews Read(Proto.ShardNews p) =>
        new(p.Node, p.First, [.. p.Events.Select(e => new ShardEvent(e.At, e.Shard, e.Here, e.Users))]);
}
