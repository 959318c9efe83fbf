namespace AkkaSockets.Messages.Frames;

/// <summary>
/// Every code the server closes with (RFC 6455 §7.4). The range says what a client does: 1000–1999 as the RFC says,
/// 4000–4499 "come back", 4500–4999 "do not". A close always carries a reason text.
/// </summary>
public enum CloseCode
{
    /// <summary>Asked by the client.</summary>
    Normal = 1000,

    /// <summary>A binary frame.</summary>
    BinaryFrame = 1003,

    /// <summary>Never on the wire: the connection went without a close frame (RFC 6455 §7.1.5).</summary>
    Lost = 1006,

    /// <summary>Text that is not UTF-8, or the tenth bad frame in a row.</summary>
    BrokenText = 1007,

    /// <summary>A frame longer than the limit.</summary>
    FrameTooBig = 1009,

    /// <summary>Server fault: come back with back-off.</summary>
    ServerFault = 1011,

    /// <summary>Come back and resume.</summary>
    ComeBack = 1012,

    /// <summary>Overload: back off.</summary>
    Overload = 1013,

    /// <summary>The socket did not take what was queued for it: resume.</summary>
    SlowConsumer = 4001,

    /// <summary>The token expired 30 s ago: bring a fresh one.</summary>
    TokenExpired = 4002,

    /// <summary>No <c>open</c> within 10 s.</summary>
    NotOpened = 4003,

    /// <summary>Went on sending above the rate limit: back off.</summary>
    RateLimitAbuse = 4004,

    /// <summary>The token was rejected.</summary>
    TokenRejected = 4501,

    /// <summary>Removed by an operator.</summary>
    Removed = 4502,

    /// <summary>A newer socket of the same device took over.</summary>
    Replaced = 4503,

    /// <summary>Too many sockets of this user.</summary>
    TooManySockets = 4504,
}
