using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace AkkaSockets.Persistence.Redis.Connections;

/// <summary>What suits a store that comes back. The connection string overrides each of these.</summary>
internal sealed class ConnectionDefaults : DefaultOptionsProvider
{
    /// <summary>
    /// Under the recovery-event-timeout of 5 s by more than the second between two looks at what is overdue, so that the error says
    /// what Redis did rather than that nothing came.
    /// </summary>
    public override TimeSpan SyncTimeout => TimeSpan.FromSeconds(3);

    /// <summary>A connection attempt that hangs must not outlast the outage by much.</summary>
    public override TimeSpan? ConnectTimeout => TimeSpan.FromSeconds(3);

    /// <summary>At each heartbeat (1 s), rather than ever more rarely.</summary>
    public override IReconnectRetryPolicy ReconnectRetryPolicy => new LinearRetry(500);

    /// <summary>A primary that became a replica, or the reverse, is noticed in this time.</summary>
    public override TimeSpan ConfigCheckInterval => TimeSpan.FromSeconds(5);

    /// <summary>INFO, which tells the maxmemory-policy, counts as an administrator's command in this client.</summary>
    public override bool AllowAdmin => true;

    /// <summary>The counters of thread pools and buffers are noise in the answer to a publisher.</summary>
    public override bool IncludeDetailInExceptions => false;

    protected override string GetDefaultClientName() => "akka-persistence";
}
