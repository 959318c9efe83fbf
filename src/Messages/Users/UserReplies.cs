using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Users;

/// <summary>What an entity answers to whoever asked it.</summary>
public interface IUserReply : IClusterMessage;

/// <summary>What an entity tells a socket handler.</summary>
public interface IHandlerMessage : IClusterMessage;

/// <summary>The message has <paramref name="Seq"/> in the receiver's log; <paramref name="Duplicate"/> when it already had.</summary>
public sealed record MessageAccepted(MessageId Id, long Seq, bool Duplicate) : IUserReply;

/// <summary>Told to the sockets attached: <paramref name="Sockets"/> of them.</summary>
public sealed record EphemeralDelivered(MessageId Id, int Sockets) : IUserReply;

/// <summary>The request was understood and will not be carried out; asking again would not help.</summary>
public sealed record RequestRefused(RefusalReason Reason) : IUserReply;

/// <summary>The entity can't serve this now, and whoever asked repeats it under the same id until its deadline.</summary>
public sealed record AskAgain(AskAgainReason Reason) : IUserReply;

public enum RefusalReason
{
    /// <summary>The (sender, id) is known with other data.</summary>
    IdReused = 1,
}

public enum AskAgainReason
{
    /// <summary>The store did not take or give the log.</summary>
    StoreUnavailable = 1,

    /// <summary>The entity is about to stop; its successor will answer.</summary>
    Moving = 2,

    /// <summary>The entity's node does not hear a majority of the cluster, which may have given its users to others.</summary>
    NoMajority = 3,
}

/// <summary>One device of a user; <paramref name="Socket"/> while it is connected. <paramref name="SeenAt"/> in Unix ms.</summary>
public sealed record DeviceDescription(DeviceId Device, long Acked, long SeenAt, SocketInfo? Socket);

/// <summary>A user: <paramref name="Epoch"/> is empty and <paramref name="Head"/> 0 for one never seen.</summary>
public sealed record UserDescribed(UserId User, string Epoch, long Head, long First, string Node, IReadOnlyList<DeviceDescription> Devices) : IUserReply;

/// <summary>Told to close, or to come back: <paramref name="Sockets"/> of them.</summary>
public sealed record SocketsTold(int Sockets) : IUserReply;

/// <summary>
/// The handler is attached. Delivery goes on after <paramref name="Seq"/>: by itself when <paramref name="Live"/>, else the handler
/// pulls pages until one of them is. <paramref name="Node"/> is the owner's name, <paramref name="Url"/> what it advertises.
/// </summary>
public sealed record HandlerAttached(SocketId Socket, long Attachment, string Epoch, long Seq, long Head, long First, bool Resumed, bool Gap, bool Live, string Node, string? Url) : IHandlerMessage;

/// <summary>The handler can't be attached and closes its socket, or asks again where the reason says so.</summary>
public sealed record AttachRefused(SocketId Socket, long Attachment, AttachRefusalReason Reason) : IHandlerMessage;

public enum AttachRefusalReason
{
    /// <summary>A socket of the same device was accepted later.</summary>
    Replaced = 1,

    /// <summary><c>Limits:SocketsPerUser</c> are attached.</summary>
    TooManySockets = 2,

    /// <summary>The store did not give the log; ask again.</summary>
    StoreUnavailable = 3,

    /// <summary>The entity is about to stop; ask again.</summary>
    Moving = 4,
}

/// <summary>A message of the log. <paramref name="Timestamp"/> is Unix ms at the log.</summary>
public sealed record LogMessage(long Seq, MessageId Id, UserId? From, long Timestamp, JsonData Data);

/// <summary>A message as it is appended, for an attachment that is live.</summary>
public sealed record DeliverMessage(long Attachment, LogMessage Message, Publication Publication = default) : IHandlerMessage;

/// <summary>A part of the backlog; with <paramref name="Live"/> its end is the log's head, and what follows comes by itself.</summary>
public sealed record DeliverBacklog(long Attachment, IReadOnlyList<LogMessage> Messages, bool Live) : IHandlerMessage;

/// <summary>An ephemeral message.</summary>
public sealed record DeliverEphemeral(MessageId Id, UserId? From, long Timestamp, JsonData Data, Publication Publication = default) : IHandlerMessage;

/// <summary>One of the handlers that a delivery is for: its actor's name on its node, and the attachment that a message of the log is for.</summary>
public readonly record struct HandlerOnNode(string Name, long Attachment);

/// <summary>
/// The same delivery for several handlers of one node, which crosses to it once: <paramref name="Delivery"/> is a <see cref="DeliverEphemeral"/>, or a
/// <see cref="DeliverMessage"/> whose attachment is that of each handler. For the handlers' parent.
/// </summary>
public sealed record DeliverToHandlers(IReadOnlyList<HandlerOnNode> Handlers, IHandlerMessage Delivery) : IHandlerMessage;

/// <summary>
/// The entity stops, for a hand-off or because it thought itself unused: attach again at once. <paramref name="OwnerLeaves"/> when its node
/// does: then a socket that sits elsewhere has nothing to gain by moving.
/// </summary>
public sealed record EntityStopping(long Attachment, bool OwnerLeaves = false) : IHandlerMessage;

/// <summary>Close the socket.</summary>
public sealed record CloseSocket(SocketCloseReason Reason) : IHandlerMessage;

public enum SocketCloseReason
{
    /// <summary>A socket of the same device was accepted later (4503).</summary>
    Replaced = 1,

    /// <summary>An operator's wish (4502).</summary>
    Removed = 2,
}

/// <summary>Send the client a <c>reconnect</c> frame in the pacer's turn.</summary>
public sealed record AskToReconnect(ReconnectReason Reason, string? Url) : IHandlerMessage;

public enum ReconnectReason
{
    Rebalance = 1,
    Drain = 2,
    Admin = 3,
}
