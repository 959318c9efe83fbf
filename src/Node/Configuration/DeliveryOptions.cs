namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>How long a publish, a send or an attach is retried under one id, in ms.</summary>
    public int DeadlineMs { get; set; } = 10_000;

    public TimeSpan Deadline => TimeSpan.FromMilliseconds(DeadlineMs);
}
