namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Limits</c>: what one client can cost.</summary>
[Section("Limits")]
public sealed class LimitsOptions
{
    /// <summary>Bytes of one message's <c>data</c>, 1,024 to 16,777,216; a whole frame may be 4,096 longer.</summary>
    [Between(1_024, 16_777_216)]
    public int FrameBytes { get; set; } = 65_536;

    /// <summary>Frames a socket may send a second, 1 to 1,000,000.</summary>
    [Between(1, 1_000_000)]
    public int FramesPerSecond { get; set; } = 50;

    /// <summary>Frames it may send at once, 1 to 1,000,000. Two seconds' worth: a client that comes back acknowledges and sends in a burst.</summary>
    [Between(1, 1_000_000)]
    public int FrameBurst { get; set; } = 100;

    /// <summary>Sockets a user, over the whole cluster, 1 to 10,000.</summary>
    [Between(1, 10_000)]
    public int SocketsPerUser { get; set; } = 20;

    /// <summary>Devices a user, 1 to 10,000 and no fewer than <see cref="SocketsPerUser"/>; past it the one absent longest is forgotten.</summary>
    [Between(1, 10_000)]
    public int DevicesPerUser { get; set; } = 50;

    /// <summary>Bytes that may wait for one socket before it counts as slow, 1,024 to 1,073,741,824.</summary>
    [Between(1_024, 1_073_741_824)]
    public int OutboxBytes { get; set; } = 1_048_576;

    /// <summary>New sockets this node takes a second, 1 to 1,000,000: what spreads the herd after a crash, which nobody paces.</summary>
    [Between(1, 1_000_000)]
    public int AcceptPerSecond { get; set; } = 1_000;

    /// <summary>
    /// Connections of one address, or of one IPv6 /64, that are no sockets (yet), 1 to 1,000,000. As many as <see cref="AcceptPerSecond"/>: behind a balancer
    /// that does not tell addresses, all clients have one.
    /// </summary>
    [Between(1, 1_000_000)]
    public int HandshakesPerAddress { get; set; } = 1_000;

    /// <summary>Comma-separated Origin headers that are allowed; empty: any.</summary>
    public string Origins { get; set; } = "";

    /// <summary><see cref="Origins"/>, each by itself.</summary>
    public IReadOnlyList<string> OriginList => Endpoints.Split(Origins);
}

internal sealed class LimitsOptionsValidator : OptionsValidator<LimitsOptions>
{
    protected override IEnumerable<string> Check(LimitsOptions options)
    {
        // Each socket may be a device of its own, and a connected one is never forgotten.
        if (options.SocketsPerUser > options.DevicesPerUser)
            yield return Wrong(nameof(options.SocketsPerUser), options.SocketsPerUser, $"at most Limits:DevicesPerUser, which is {options.DevicesPerUser}");
        if (!options.OriginList.All(IsOrigin))
            yield return Wrong(nameof(options.Origins), options.Origins, "empty, or a comma-separated list of origins, as https://app.example.com");
    }

    /// <summary>RFC 6454 §6.2: scheme, host and port, as a browser writes them.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.PathAndQuery is "/" or "" && url.Fragment.Length == 0
        && text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..].IndexOf('/') < 0;
}
