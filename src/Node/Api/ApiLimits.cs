namespace AkkaSockets.Node.Api;

/// <summary>What the backend's API takes at once. Not configuration: past these, another node helps more than a higher number.</summary>
public sealed record ApiLimits
{
    /// <summary>
    /// Single publishes in progress on this node; the next is answered 429. While the store is well each takes milliseconds, so
    /// these many mean that it is not, and that waiting would only pile up.
    /// </summary>
    public int ConcurrentPublishes { get; init; } = 1024;

    /// <summary>Batches in progress on this node; the next is answered 429.</summary>
    public int ConcurrentBatches { get; init; } = 16;

    /// <summary>Messages of one batch in progress, those that wait for an earlier one of their user included.</summary>
    public int PublishesPerBatch { get; init; } = 64;

    /// <summary>Messages in one batch. Their outcomes may all wait in memory for a caller who writes first and reads later.</summary>
    public int BatchMessages { get; init; } = 100_000;

    /// <summary>Bytes of an NDJSON batch, which is never in memory as a whole.</summary>
    public long NdjsonBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of a JSON array, which is: nothing of it is stored before all of it is known to be JSON.</summary>
    public int ArrayBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Bytes that a message's JSON may have beside its <c>data</c>, as with a frame.</summary>
    public int EnvelopeBytes { get; init; } = 4096;

    /// <summary>What 429 and 503 tell to wait.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long <c>GET /api/cluster</c> waits for nodes before it names those that were silent.</summary>
    public TimeSpan ClusterDeadline { get; init; } = TimeSpan.FromSeconds(2);
}
