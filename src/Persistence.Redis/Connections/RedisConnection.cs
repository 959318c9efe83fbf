using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Connections;

/// <summary>
/// One multiplexer, connected in the background and again whenever it was lost. Each time it is up, the server is asked whether it
/// keeps what it is given; as long as it would not, those who ask for the link get the reason instead.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private static readonly Trouble ReplicasOnly = new(RedisFailureReason.ReadOnly, "only read-only replicas can be reached");
    private readonly ConfigurationOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _restored = new(0);
    private readonly TaskCompletionSource<RedisLink> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;
    private int _finding;
    private volatile string? _refusal;
    private volatile Trouble _trouble = new(RedisFailureReason.Unreachable, "the first attempt is under way");

    public RedisConnection(ConfigurationOptions options, ILogger log)
    {
        _options = options;
        _log = log;
        _running = Task.Run(RunAsync);
    }

    /// <summary>The number in the connection string, if there is one.</summary>
    public int? DefaultDatabase => _options.DefaultDatabase;

    /// <summary>Waits for the first connection, at most as long as for an answer of Redis.</summary>
    /// <exception cref="RedisPolicyException">The server could drop keys.</exception>
    /// <exception cref="RedisStoreException">There was no connection in time.</exception>
    public ValueTask<RedisLink> ReadyAsync(bool heedPolicy, CancellationToken cancellation)
    {
        if (heedPolicy && _refusal is { } refusal) throw new RedisPolicyException(refusal);
        return _link.Task.IsCompletedSuccessfully ? new(_link.Task.Result) : new(FirstLinkAsync(heedPolicy, cancellation));
    }

    /// <summary>Looks at once which server is the primary now, rather than when it is time to.</summary>
    public void FindPrimary()
    {
        if (!_link.Task.IsCompletedSuccessfully || Interlocked.Exchange(ref _finding, 1) == 1) return;
        _ = FindAsync(_link.Task.Result.Multiplexer);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
        _restored.Dispose();
    }

    private async Task<RedisLink> FirstLinkAsync(bool heedPolicy, CancellationToken cancellation)
    {
        try
        {
            var link = await _link.Task.WaitAsync(TimeSpan.FromMilliseconds(_options.AsyncTimeout), cancellation).ConfigureAwait(false);
            return heedPolicy && _refusal is { } refusal ? throw new RedisPolicyException(refusal) : link;
        }
        catch (TimeoutException)
        {
            var (reason, text) = _trouble;
            throw new RedisStoreException(reason, $"There is no connection to Redis ({ConnectionStrings.Describe(_options)}) so far: {text}.");
        }
    }

    private async Task FindAsync(IConnectionMultiplexer multiplexer)
    {
        try
        {
            await multiplexer.ConfigureAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or ObjectDisposedException)
        {
            _log.PrimaryUnknown(ConnectionStrings.Describe(_options), e.Message);
        }
        Interlocked.Exchange(ref _finding, 0);
    }

    private async Task RunAsync()
    {
        ConnectionMultiplexer? multiplexer = null;
        try
        {
            multiplexer = await ConnectAsync().ConfigureAwait(false);
            multiplexer.ConnectionRestored += OnRestored;
            multiplexer.ConnectionFailed += OnFailed;
            while (true)
            {
                await UntilConnectedAsync(multiplexer).ConfigureAwait(false);
                var asked = await AskAsync(multiplexer).ConfigureAwait(false);
                if (asked) _link.TrySetResult(new RedisLink(multiplexer, IsCluster(multiplexer)));
                await _restored.WaitAsync(asked && _refusal is null ? Timeout.InfiniteTimeSpan : AskAgain, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _link.TrySetException(new RedisStoreException(RedisFailureReason.Unreachable, "The connection to Redis is closed."));
        }
        catch (Exception e)
        {
            _log.GivenUp(ConnectionStrings.Describe(_options), e);
            _link.TrySetException(new RedisStoreException(RedisFailureReason.Unreachable, "The connection to Redis was given up.", e));
        }
        finally
        {
            if (multiplexer is not null) await multiplexer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var told = false;
        while (true)
        {
            try
            {
                return await ConnectionMultiplexer.ConnectAsync(_options).WaitAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (RedisException e)
            {
                _trouble = Trouble.Of(e);
                if (!told) _log.NotYet(ConnectionStrings.Describe(_options), e.Message);
                told = true;
                await Task.Delay(LookAgain, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task UntilConnectedAsync(ConnectionMultiplexer multiplexer)
    {
        var told = false;
        while (!Array.Exists(multiplexer.GetServers(), s => s.IsConnected && !s.IsReplica))
        {
            if (Array.Exists(multiplexer.GetServers(), s => s.IsConnected)) _trouble = ReplicasOnly;
            if (!told) _log.Waiting(ConnectionStrings.Describe(_options));
            told = true;
            await _restored.WaitAsync(LookAgain, _stop.Token).ConfigureAwait(false);
        }
    }

    /// <returns>Whether the server answered; <see cref="_refusal"/> has what it answered.</returns>
    private async Task<bool> AskAsync(ConnectionMultiplexer multiplexer)
    {
        try
        {
            var reports = await RedisServerCheck.InspectAsync(multiplexer, _stop.Token).ConfigureAwait(false);
            foreach (var warning in reports.SelectMany(r => r.Warnings)) _log.ServerWarning(warning);
            var refusal = reports.Select(r => r.Refusal).FirstOrDefault(r => r is not null);
            if (refusal is not null && refusal != _refusal) _log.ServerRefused(refusal);
            _refusal = refusal;
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _trouble = Trouble.Of(e);
            _log.NotAsked(ConnectionStrings.Describe(_options), e.Message);
            return false;
        }
    }

    private static bool IsCluster(ConnectionMultiplexer multiplexer) =>
        Array.Exists(multiplexer.GetServers(), s => s.ServerType == ServerType.Cluster);

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType != ConnectionType.Interactive || _stop.IsCancellationRequested) return;
        _log.ConnectedAgain(EndPointCollection.ToString(e.EndPoint));
        _restored.Release();
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType != ConnectionType.Interactive || _stop.IsCancellationRequested) return;
        if (e.Exception is { } cause) _trouble = Trouble.Of(cause);
        _log.Lost(EndPointCollection.ToString(e.EndPoint), e.FailureType.ToString(), e.Exception?.Message);
    }

    private sealed record Trouble(RedisFailureReason Reason, string Text)
    {
        public static Trouble Of(Exception e) =>
            new(RedisFailures.Translate(e, "", "") is RedisStoreException clear ? clear.Reason : RedisFailureReason.Unreachable, e.Message);
    }
}
