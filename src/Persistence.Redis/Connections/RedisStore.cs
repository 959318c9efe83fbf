using Akka.Actor;
using AkkaSockets.Persistence.Redis.Layout;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Connections;

/// <summary>What journal and snapshot store have in common: a connection, a database, names of keys, and how faults are told.</summary>
internal sealed class RedisStore
{
    private readonly PluginSettings _settings;
    private readonly RedisConnection _connection;
    private Opened? _opened;

    public RedisStore(PluginSettings settings, ActorSystem system)
    {
        _settings = settings;
        _connection = RedisPersistence.Get(system).ConnectionFor(settings.ConfigurationString);
    }

    /// <summary>A database and the keys in it.</summary>
    public sealed record Opened(IDatabase Database, RedisKeys Keys);

    /// <summary>Runs an operation on the store.</summary>
    /// <param name="operation">Its name in the telemetry and in errors.</param>
    /// <param name="persistenceId">Whom it is for.</param>
    /// <param name="body">What to do.</param>
    /// <param name="cancellation">Ends the waiting, not what Redis was already told.</param>
    /// <exception cref="RedisStoreException">Redis could not be reached, or refused.</exception>
    /// <exception cref="RedisPolicyException">The server could drop keys.</exception>
    public async Task<T> RunAsync<T>(string operation, string persistenceId, Func<Opened, Task<T>> body, CancellationToken cancellation)
    {
        using var timing = RedisPersistenceTelemetry.Measure(operation);
        try
        {
            var opened = await OpenAsync(cancellation).ConfigureAwait(false);
            return await body(opened).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (Explain(e, operation, persistenceId) is var clear && clear != e)
        {
            throw clear;
        }
    }

    /// <summary>The exception to fail an operation with; has the primary looked for if Redis said that this is a replica.</summary>
    public Exception Explain(Exception cause, string operation, string persistenceId) =>
        Heeded(RedisFailures.Translate(cause, operation, persistenceId));

    /// <summary>The same, for what a script told of one of several logs.</summary>
    public Exception Explain(string error, string operation, string persistenceId) =>
        Heeded(RedisFailures.Translate(error, operation, persistenceId));

    /// <summary>The database, once there is a connection; it comes at once if there is one.</summary>
    /// <exception cref="RedisStoreException">There was none in time.</exception>
    /// <exception cref="RedisPolicyException">The server could drop keys.</exception>
    public async ValueTask<Opened> OpenAsync(CancellationToken cancellation)
    {
        var link = await _connection.ReadyAsync(_settings.CheckServer, cancellation).ConfigureAwait(false);
        return _opened ??= new Opened(
            link.Multiplexer.GetDatabase(DatabaseOf(link)), new RedisKeys(_settings.KeyPrefix, link.IsCluster));
    }

    private Exception Heeded(Exception clear)
    {
        if (clear is RedisStoreException { Reason: RedisFailureReason.ReadOnly }) _connection.FindPrimary();
        return clear;
    }

    private int DatabaseOf(RedisLink link) =>
        link.IsCluster ? 0
        : _settings.UseDatabaseOfConnectionString && _connection.DefaultDatabase is { } number ? number
        : _settings.Database;
}
