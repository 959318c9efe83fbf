using System.Diagnostics;
using Akka.Actor;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Auth;

namespace AkkaSockets.Node.Sockets;

/// <summary>What a socket's parts say to each other on their node; it needs no encoding.</summary>
internal interface ISocketMessage : INoSerializationVerificationNeeded;

/// <summary>Open a handler for this socket; answered by <see cref="SocketOpened"/>.</summary>
internal sealed record OpenSocket(AcceptedSocket Accepted) : ISocketMessage;

internal sealed record SocketOpened(IActorRef Handler, Outbox Outbox) : ISocketMessage;

/// <summary>A client's frame, within its rate.</summary>
internal sealed record FrameReceived(ClientFrame Frame) : ISocketMessage;

/// <summary>A client's <c>open</c> and what became of its token.</summary>
internal sealed record OpenReceived(OpenFrame Frame, TokenResult Token) : ISocketMessage;

/// <summary>The client did what a socket is closed for.</summary>
internal sealed record FaultReceived(CloseCode Code, string Reason) : ISocketMessage;

/// <summary>The connection is over.</summary>
internal sealed record SocketEnded(CloseCode Code) : ISocketMessage;

/// <summary>The outbox has written all it had.</summary>
internal sealed record OutboxDrained : ISocketMessage
{
    public static readonly OutboxDrained Instance = new();
}

/// <summary>
/// The node stops: tell every client in the pacer's turn. <paramref name="AsUsersMove"/>: one whose user is on this node too when that has moved, so that it is told where to
/// come back, and not sent away from there once more.
/// </summary>
internal sealed record DrainSockets(bool AsUsersMove) : ISocketMessage
{
    public static readonly DrainSockets Now = new(false);
    public static readonly DrainSockets WithTheirUsers = new(true);
}

/// <summary>Close every socket now.</summary>
internal sealed record CloseSockets(CloseCode Code, string Reason) : ISocketMessage;

/// <summary>An attach of this number has been without an answer for its time.</summary>
internal sealed record AttachDue(long Attachment) : ISocketMessage;

/// <summary>The entity of this attachment died a moment ago.</summary>
internal sealed record EntityLost(long Attachment) : ISocketMessage;

/// <summary>A page of this attachment has been without an answer for its time.</summary>
internal sealed record PageDue(long Attachment, long Page) : ISocketMessage;

/// <summary>No <c>open</c> came in time.</summary>
internal sealed record OpenDue : ISocketMessage
{
    public static readonly OpenDue Instance = new();
}

/// <summary>The token's time, and some, is over.</summary>
internal sealed record ExpiryDue : ISocketMessage
{
    public static readonly ExpiryDue Instance = new();
}

/// <summary>The pacer's slot has come.</summary>
internal sealed record ReconnectDue(ReconnectReason Reason, string? Url) : ISocketMessage;

/// <summary>Delay and grace of a reconnect frame are over.</summary>
internal sealed record GraceOver : ISocketMessage
{
    public static readonly GraceOver Instance = new();
}

/// <summary>A send's outcome: <paramref name="Reply"/>, or null where the entity was not reached before the deadline.</summary>
internal sealed record SendDone(SendFrame Frame, IUserReply? Reply, Activity? Span) : ISocketMessage;
