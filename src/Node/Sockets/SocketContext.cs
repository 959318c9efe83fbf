using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Users;

namespace AkkaSockets.Node.Sockets;

/// <summary>What all sockets of a node share: one object, so that a socket holds a reference and no copies.</summary>
public sealed record SocketContext(
    UserAsker Asker,
    TokenValidator Tokens,
    ReconnectPacer Pacer,
    DrainState Drain,
    LocalSockets Sockets,
    LimitsOptions Limits,
    DeliveryOptions Delivery,
    ReconnectOptions Reconnect,
    string NodeName,
    TimeProvider Time,
    ILogger Logger)
{
    /// <summary>How long a client may take to send <c>open</c>.</summary>
    public TimeSpan OpenWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a socket outlives its token.</summary>
    public TimeSpan StayAfterExpiry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a close may take: the frame written, and the client's own received.</summary>
    public TimeSpan CloseWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an attach or a pulled page may stay unanswered before it is asked again; doubled up to ten times that.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a client that is to be told to go may wait for a user who is on the move.</summary>
    public TimeSpan MovesWithin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a first attach that waits while a node is lost is tried after that, though its deadline has passed.</summary>
    public int TriesAfterALoss { get; init; } = 2;

    /// <summary>Whose turn it is to attach again. A hundred at once keep a store busy; more would only queue there.</summary>
    public AttachTurns AttachTurns { get; init; } = new(100);

    /// <summary>Data bytes of one page of backlog.</summary>
    public int PageBytes { get; init; } = 131_072;

    /// <summary>Durable and ephemeral sends of one socket that may wait for their answer, whatever their size.</summary>
    public int SendsInFlight { get; init; } = 1024;

    /// <summary>Bad frames in a row after which a client is taken to speak something else.</summary>
    public int BadFramesInARow { get; init; } = 10;

    /// <summary>The most jitter in a <c>reconnect</c> frame.</summary>
    public TimeSpan ReconnectJitter { get; init; } = TimeSpan.FromMilliseconds(2000);
}
