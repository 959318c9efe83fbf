namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Retention</c>: what a user's log keeps at the most. Times are 1 ms to ten years.</summary>
[Section("Retention")]
public sealed class RetentionOptions
{
    private const long TenYearsMs = 315_360_000_000;

    /// <summary>Messages a user, 1 to 1,000,000.</summary>
    [Between(1, 1_000_000)]
    public int Messages { get; set; } = 1_000;

    /// <summary>Bytes of data a user, 1,024 to 1,073,741,824 and no fewer than one message may have (<c>Limits:FrameBytes</c>).</summary>
    [Between(1_024, 1_073_741_824)]
    public int Bytes { get; set; } = 262_144;

    /// <summary>Age of a message in ms. Seven days: a phone that was off for some of them misses nothing.</summary>
    [Between(1, TenYearsMs)]
    public long AgeMs { get; set; } = 604_800_000;

    /// <summary>Message keys a user that repeats are known by, 1 to 1,000,000.</summary>
    [Between(1, 1_000_000)]
    public int DedupIds { get; set; } = 1_000;

    /// <summary>For how long, in ms. Ten minutes outlast every retry of a sender that still hopes for its answer.</summary>
    [Between(1, TenYearsMs)]
    public long DedupMs { get; set; } = 600_000;

    /// <summary>An absent device that named itself is forgotten after this, in ms: when the last message it could ask for is gone.</summary>
    [Between(1, TenYearsMs)]
    public long DeviceMs { get; set; } = 604_800_000;

    /// <summary>The same for a device whose id the server made, in ms. A page that was reloaded comes back as another one, so soon.</summary>
    [Between(1, TenYearsMs)]
    public long AnonymousDeviceMs { get; set; } = 120_000;

    public TimeSpan Age => TimeSpan.FromMilliseconds(AgeMs);

    public TimeSpan Dedup => TimeSpan.FromMilliseconds(DedupMs);

    public TimeSpan Device => TimeSpan.FromMilliseconds(DeviceMs);

    public TimeSpan AnonymousDevice => TimeSpan.FromMilliseconds(AnonymousDeviceMs);
}
