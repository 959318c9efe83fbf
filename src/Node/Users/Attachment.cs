using Akka.Actor;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>How far an attachment is.</summary>
internal enum AttachmentState : byte
{
    /// <summary>Waits for the log to open its cursor.</summary>
    Opening,

    /// <summary>The handler pulls the backlog.</summary>
    Pulling,

    /// <summary>The handler has all there is and is told what comes.</summary>
    Live,
}

/// <summary>A socket handler as its user's entity knows it.</summary>
internal sealed class Attachment(AttachHandler attach)
{
    public SocketInfo Socket { get; } = attach.Socket;

    public IActorRef Handler { get; } = attach.Handler;

    /// <summary>The socket is on another node than its user.</summary>
    public bool IsAfar { get; } = attach.Handler.Path.Address.HasGlobalScope;

    /// <summary>The handler's number for its newest try; what carries another is of the past.</summary>
    public long Number { get; } = attach.Attachment;

    public AttachmentState State { get; set; }

    /// <summary>True when the client had its <c>ready</c>: only then may anything be delivered to it, and it outlives a store's outage.</summary>
    public bool Ready { get; set; } = attach.WasReady;
}
