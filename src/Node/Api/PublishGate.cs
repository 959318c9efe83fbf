using System.Threading.RateLimiting;

namespace AkkaSockets.Node.Api;

/// <summary>Bounds what is in progress on this node. Nobody queues: a backend knows better than a queue whether to wait.</summary>
public sealed class PublishGate(ApiLimits limits) : IDisposable
{
    private readonly ConcurrencyLimiter _publishes = Limiter(limits.ConcurrentPublishes);
    private readonly ConcurrencyLimiter _batches = Limiter(limits.ConcurrentBatches);

    /// <summary>A place for one message, to be disposed; check that it was acquired.</summary>
    public RateLimitLease EnterPublish() => _publishes.AttemptAcquire();

    /// <summary>A place for one batch, to be disposed; check that it was acquired.</summary>
    public RateLimitLease EnterBatch() => _batches.AttemptAcquire();

    public void Dispose()
    {
        _publishes.Dispose();
        _batches.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int permits) => new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}
