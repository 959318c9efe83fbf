namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Retention</c>: what a user's log keeps at the most.</summary>
[Section("Retention")]
public sealed class RetentionOptions
{
    /// <summary>Messages a user.</summary>
    [Between(1, 1_000_000)]
    public int Messages { get; set; } = 1_000;

    /// <summary>Bytes of data a user.</summary>
    [Between(1_024, 1_073_741_824)]
    public int Bytes { get; set; } = 262_144;

    /// <summary>Age in ms.</summary>
    [Between(1_000, 315_360_000_000)]
    public long AgeMs { get; set; } = 604_800_000;

    /// <summary>Message keys a user that repeats are known by.</summary>
    [Between(1, 1_000_000)]
    public int DedupIds { get; set; } = 1_000;

    /// <summary>For how long, in ms.</summary>
    [Between(1_000, 315_360_000_000)]
    public long DedupMs { get; set; } = 600_000;

    /// <summary>An absent device that named itself is forgotten after this, in ms.</summary>
    [Between(1_000, 315_360_000_000)]
    public long DeviceMs { get; set; } = 604_800_000;

    /// <summary>The same for a device whose id the server made, in ms.</summary>
    [Between(1_000, 315_360_000_000)]
    public long AnonymousDeviceMs { get; set; } = 120_000;
}
