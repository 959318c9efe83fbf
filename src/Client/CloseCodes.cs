namespace AkkaSockets.Client;

/// <summary>The WebSocket close codes of the protocol. 4000 to 4499 mean "come back", 4500 to 4999 "do not".</summary>
public static class CloseCodes
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;

    /// <summary>Never on the wire: the socket broke without a close (RFC 6455, section 7.4.1).</summary>
    public const int Abnormal = 1006;
    public const int FrameTooBig = 1009;
    public const int ServerFault = 1011;
    public const int ComeBack = 1012;
    public const int Overload = 1013;
    public const int SlowConsumer = 4001;
    public const int TokenExpired = 4002;
    public const int OpenTimeout = 4003;
    public const int RateLimitAbuse = 4004;
    public const int TokenRejected = 4501;
    public const int Removed = 4502;
    public const int Replaced = 4503;
    public const int TooManySockets = 4504;

    /// <summary>Whether <paramref name="code"/> tells the client to stay away.</summary>
    public static bool IsFinal(int code) => code is >= 4500 and <= 4999;
}
