namespace AkkaSockets.Client;

/// <summary>Settings of an <see cref="AkkaSocketsClient"/>; checked by its constructor, and not to be changed after it.</summary>
public sealed class AkkaSocketsClientOptions
{
    /// <summary>Where to connect, <c>ws://</c> or <c>wss://</c>: usually the load balancer's <c>/ws</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// Returns a JWT. It is called for the first connection, when the token at hand is close to its <c>exp</c>, and when the
    /// server asks for a fresh one; in between the token is kept. Null, or returning null: connect without.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? TokenProvider { get; init; }

    /// <summary>Connects as this user without a token, which servers accept in Development only.</summary>
    public string? DevelopmentUser { get; init; }

    /// <summary>
    /// Names this device, at most 64 characters, so that the server remembers its position. Null: the server makes a name
    /// up, which this client keeps for its own life. Two clients with one name replace each other.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>Where the position is kept across restarts; null: only the server remembers that of <see cref="Device"/>.</summary>
    public IPositionStore? Positions { get; init; }

    /// <summary>
    /// True: a message counts as handled when the consumer asks for the next one. False: when
    /// <see cref="AkkaSocketsClient.Acknowledge"/> is called with it or with a later one.
    /// </summary>
    public bool AutoAcknowledge { get; init; } = true;

    /// <summary>An acknowledgement goes out after this many handled messages, at least 1...</summary>
    public int AcknowledgeCount { get; init; } = 32;

    /// <summary>...or this long after the first of them, whichever is first. More than zero, at most an hour.</summary>
    public TimeSpan AcknowledgeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Messages kept for a consumer that is behind, 1 to 268435455. At this mark the client stops reading its socket, so the
    /// server holds the rest, and after a minute or so without reading the socket is lost and resumed, like any other. While
    /// sends await their answers, which come behind the messages, it reads on to eight times the mark; past that it lets go of
    /// what it reads, and asks for it again when the consumer has caught up.
    /// </summary>
    public int IncomingCapacity { get; init; } = 256;

    /// <summary>Sends unanswered at a time, 1 or more; one more fails: <see cref="SendFailedException.QueueFull"/>.</summary>
    public int OutgoingCapacity { get; init; } = 1024;

    /// <summary>
    /// The longest payload of a send, in bytes, at least 1; the server's <c>Limits:FrameBytes</c>. A longer one fails here,
    /// because the server would close the socket over it.
    /// </summary>
    public int MaxSendBytes { get; init; } = 65536;

    /// <summary>The first back-off's upper bound; it doubles with each failure. More than zero, at most the cap.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest back-off's upper bound: each wait is a random part of its bound. At most an hour.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From an attempt's start, the token's fetch included, to its <c>ready</c>. More than zero, at most an hour.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After this long without a word from the server, it is pinged. Zero or infinite: never.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>A ping unanswered for this long means that the server is gone. Infinite: pings are not waited for.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Makes the connections, for example with a <see cref="SocketsHttpHandler.ConnectCallback"/> that binds a local address.
    /// Null: one shared by all clients of the process. It is not disposed.
    /// </summary>
    public HttpMessageInvoker? Invoker { get; init; }

    /// <summary>All waiting and all dates go by this clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>From 0 to 1, evenly; fixed in tests.</summary>
    internal Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <exception cref="ArgumentException">A value is out of its range; the message says what is allowed.</exception>
    internal void Validate()
    {
        Check(Url is { IsAbsoluteUri: true, Scheme: "ws" or "wss" }, nameof(Url), Url, "an absolute ws:// or wss:// address");
        Check(Device is null or { Length: > 0 and <= 64 }, nameof(Device), Device, "1 to 64 characters");
        Check(
            DevelopmentUser is null or { Length: > 0 and <= 128 },
            nameof(DevelopmentUser), DevelopmentUser, "1 to 128 characters");
        Check(AcknowledgeCount >= 1, nameof(AcknowledgeCount), AcknowledgeCount, "1 or more");
        Check(IncomingCapacity is >= 1 and <= int.MaxValue / 8, nameof(IncomingCapacity), IncomingCapacity, "1 to 268435455");
        Check(OutgoingCapacity >= 1, nameof(OutgoingCapacity), OutgoingCapacity, "1 or more");
        Check(MaxSendBytes >= 1, nameof(MaxSendBytes), MaxSendBytes, "1 or more");
        CheckSpan(AcknowledgeInterval, nameof(AcknowledgeInterval));
        CheckSpan(ConnectTimeout, nameof(ConnectTimeout));
        CheckSpan(BackoffCap, nameof(BackoffCap));
        CheckSpan(BackoffBase, nameof(BackoffBase));
        Check(BackoffBase <= BackoffCap, nameof(BackoffBase), BackoffBase, $"at most {nameof(BackoffCap)}, {BackoffCap}");
        CheckSpanOrNever(KeepAliveInterval, nameof(KeepAliveInterval));
        CheckSpanOrNever(KeepAliveTimeout, nameof(KeepAliveTimeout));
    }

    private static void CheckSpan(TimeSpan value, string name) =>
        Check(value > TimeSpan.Zero && value <= TimeSpan.FromHours(1), name, value, "more than zero, at most an hour");

    private static void CheckSpanOrNever(TimeSpan value, string name) =>
        Check(
            value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.Zero && value <= TimeSpan.FromHours(1)),
            name, value, "zero to an hour, or infinite");

    private static void Check(bool valid, string name, object? given, string allowed)
    {
        if (!valid) throw new ArgumentException($"{name} is {given ?? "null"}; allowed: {allowed}.", name);
    }
}
