namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Reconnect</c>: how clients are sent away.</summary>
[Section("Reconnect")]
public sealed class ReconnectOptions
{
    /// <summary>Reconnect frames this node sends a second, 1 to 1,000,000. A fifth of what the next node accepts, which others may need too.</summary>
    [Between(1, 1_000_000)]
    public int PerSecond { get; set; } = 200;

    /// <summary>How long a socket may stay after its frame's delay, in ms, 0 to 3,600,000.</summary>
    [Between(0, 3_600_000)]
    public int GraceMs { get; set; } = 30_000;

    public TimeSpan Grace => TimeSpan.FromMilliseconds(GraceMs);
}
