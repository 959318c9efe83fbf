namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Reconnect</c>: how clients are sent away.</summary>
[Section("Reconnect")]
public sealed class ReconnectOptions
{
    /// <summary>Reconnect frames this node sends a second.</summary>
    [Between(1, 1_000_000)]
    public int PerSecond { get; set; } = 200;

    /// <summary>How long a socket may stay after its frame's delay, in ms.</summary>
    [Between(0, 3_600_000)]
    public int GraceMs { get; set; } = 30_000;
}
