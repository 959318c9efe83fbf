namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Delivery</c>.</summary>
[Section("Delivery")]
public sealed class DeliveryOptions
{
    /// <summary>How long a publish, a send or an attach is retried under one id, in ms.</summary>
    [Between(100, 600_000)]
    public int DeadlineMs { get; set; } = 10_000;

    public TimeSpan Deadline => TimeSpan.FromMilliseconds(DeadlineMs);
}
