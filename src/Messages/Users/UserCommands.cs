using Akka.Actor;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Users;

/// <summary>Where a client asks to go on: after <paramref name="Seq"/> in the log's life <paramref name="Epoch"/>.</summary>
public sealed record ResumePoint(string Epoch, long Seq);

/// <summary>A connection as its user's entity knows it. <paramref name="AcceptedAt"/> is in UTC ticks: of two sockets of a device the later wins.</summary>
public sealed record SocketInfo(SocketId Id, DeviceId Device, long AcceptedAt, string Node, string Remote);

/// <summary>
/// Attaches a handler, or attaches it again: idempotent by socket. <paramref name="Attachment"/> grows with each try, and the
/// handler takes deliveries of its newest only. <paramref name="Resume"/> is what the client asked for or, on a later try, the
/// last seq written to its socket (<paramref name="WasReady"/>). <paramref name="Acked"/> repeats the newest ack, 0 for none.
/// </summary>
public sealed record AttachHandler(UserId User, SocketInfo Socket, long Attachment, ResumePoint? Resume, bool WasReady, long Acked, IActorRef Handler) : IWithUserId;

/// <summary>The socket is gone. A terminated handler means the same, this is only sooner.</summary>
public sealed record DetachHandler(UserId User, SocketId Socket) : IWithUserId;

/// <summary>Asks for the messages after <paramref name="After"/>, up to <paramref name="MaxBytes"/> of data (one at least).</summary>
public sealed record PullBacklog(UserId User, SocketId Socket, long Attachment, long After, int MaxBytes) : IWithUserId;

/// <summary>Everything up to <paramref name="Seq"/> was handled by the device. Never answered.</summary>
public sealed record AcknowledgeUpTo(UserId User, DeviceId Device, long Seq) : IWithUserId;

/// <summary>A durable message; <paramref name="From"/> is null for a backend. Answered after it is journaled.</summary>
public sealed record SendMessage(UserId User, UserId? From, MessageId Id, JsonData Data, Publication Publication = default) : IWithUserId;

/// <summary>An ephemeral message: to the sockets attached now, never stored.</summary>
public sealed record SendEphemeral(UserId User, UserId? From, MessageId Id, JsonData Data, Publication Publication = default) : IWithUserId;

/// <summary>Asks for <see cref="UserDescribed"/>.</summary>
public sealed record GetUser(UserId User) : IWithUserId;

/// <summary>An operator removes the user's sockets, or one device's.</summary>
public sealed record CloseConnections(UserId User, DeviceId? Device) : IWithUserId;

/// <summary>An operator asks the user's sockets to come back elsewhere.</summary>
public sealed record RequestReconnect(UserId User) : IWithUserId;
