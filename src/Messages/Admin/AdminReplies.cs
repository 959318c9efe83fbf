using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Admin;

/// <summary>What an admin actor answers or tells.</summary>
public interface IAdminReply : IClusterMessage;

/// <summary>This member has no such thing, as a Lighthouse has no sockets.</summary>
public sealed record AdminRefused(string Why) : IAdminReply;

/// <summary>
/// A member: <paramref name="State"/> is its readiness in a word, <paramref name="StartedAt"/> in Unix ms; the figures are null where it carries none
/// of these.
/// </summary>
public sealed record MemberStatus(
    string Node, string Version, long StartedAt, string State, bool IsDraining, int? Shards, int? Users, int? Sockets, long MemoryBytes, string LogLevel) : IAdminReply
{
    /// <summary>Null of a member that carries no users, or is too old to tell.</summary>
    public MemberActivity? Activity { get; init; }
}

/// <summary>
/// What a member did since it started, as totals: messages it accepted and those it could not place in time, messages queued to sockets, reconnect frames, closed
/// sockets. As it is now: sockets that wait to be told to reconnect, live bytes in outboxes, and by when a drain is to end (Unix ms).
/// </summary>
public sealed record MemberActivity(
    long Accepted, long Unavailable, long Deliveries, long Reconnects, long Closes, long ReconnectsPending, long OutboxBytes, long? DrainEndsAt);

/// <summary>
/// What this member carries of the shards in question. <paramref name="Next"/> is where to go on asking, null at the end.
/// </summary>
public sealed record ShardLoads(string Node, IReadOnlyList<ShardLoad> Shards, int? Next) : IAdminReply;

/// <summary>
/// One shard as a member has it: the users that live there if it is the owner (<paramref name="IsHere"/>), and the sockets there of
/// the shard's users, wherever these live.
/// </summary>
public sealed record ShardLoad(int Shard, bool IsHere, int Users, int Sockets);

/// <summary>Some of a member's sockets. <paramref name="Next"/> is what to ask for those after, null at the end.</summary>
public sealed record SocketsListed(string Node, IReadOnlyList<SocketDescription> Sockets, long? Next) : IAdminReply;

/// <summary>A socket; <paramref name="Owner"/> is the node where its user lives, <paramref name="Since"/> is in Unix ms.</summary>
public sealed record SocketDescription(SocketId Id, UserId User, DeviceId Device, string Owner, string Remote, long Since);

/// <summary>What happened to sockets here, in order. <paramref name="Missed"/> more did, too fast to be told.</summary>
public sealed record SocketNews(string Node, IReadOnlyList<SocketEvent> Events, long Missed) : IAdminReply;

/// <summary>
/// <paramref name="At"/> is in Unix ms. <paramref name="Code"/> is a close code, else 0; <paramref name="Detail"/> the reason of a reconnect or close.
/// </summary>
public sealed record SocketEvent(long At, SocketEventKind Kind, SocketId Id, UserId User, DeviceId Device, string Remote, int Code, string Detail);

public enum SocketEventKind
{
    Opened = 1,
    ReconnectSent = 2,
    Closed = 3,
}

/// <summary>Shards that started or stopped here; <paramref name="IsFirst"/>: those that are here when the following begins.</summary>
public sealed record ShardNews(string Node, bool IsFirst, IReadOnlyList<ShardEvent> Events) : IAdminReply;

/// <summary><paramref name="At"/> is in Unix ms; <paramref name="Users"/> is how many lived there when it was last seen.</summary>
public sealed record ShardEvent(long At, int Shard, bool IsHere, int Users);
