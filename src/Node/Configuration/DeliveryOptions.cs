namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Delivery</c>: how long an answer may take.</summary>
[Section("Delivery")]
public sealed class DeliveryOptions
{
    /// <summary>
    /// How long a publish, a send or an attach is retried under one id, in ms, 1 to 600,000. The default outlives a shard's
    /// hand-off and gives up before a backend's usual HTTP timeout does.
    /// </summary>
    [Between(1, 600_000)]
    public int DeadlineMs { get; set; } = 10_000;

    public TimeSpan Deadline => TimeSpan.FromMilliseconds(DeadlineMs);
}
