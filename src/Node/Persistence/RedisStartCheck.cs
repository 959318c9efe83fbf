using AkkaSockets.Node.Configuration;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Persistence;

/// <summary>
/// Keeps a node from starting on a Redis that could drop logs. One that is away keeps nobody from starting: the node waits for it, not
/// ready, and the store itself refuses to work on a server that turns out so later.
/// </summary>
internal sealed partial class RedisStartCheck(IOptions<StoreOptions> options, ILogger<RedisStartCheck> logger) : IHostedLifecycleService
{
    /// <exception cref="RedisPolicyException">Its maxmemory-policy is another than noeviction.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider != StoreOptions.RedisProvider) return;
        try
        {
            await RedisServerCheck.RunAsync(options.Value.Redis, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisStoreException away)
        {
            LogAway(logger, away.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(3401, LogLevel.Warning, "The store can't be asked yet, this node is not ready until it answers: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
