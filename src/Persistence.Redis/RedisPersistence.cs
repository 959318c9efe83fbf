using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting.Logging;
using AkkaSockets.Persistence.Redis.Connections;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis;

/// <summary>
/// Owns the connections of an actor system: one for each connection string, shared by journals and snapshot stores, connected in
/// the background and closed when the system has ended.
/// </summary>
public sealed class RedisPersistence : IExtension
{
    /// <summary>Where the journal's settings are in HOCON.</summary>
    public const string JournalId = "akka.persistence.journal.redis";

    /// <summary>Where the snapshot store's settings are in HOCON.</summary>
    public const string SnapshotStoreId = "akka.persistence.snapshot-store.redis";

    private readonly ConcurrentDictionary<string, Lazy<RedisConnection>> _connections = new(StringComparer.Ordinal);
    private readonly ILogger _log;
    private readonly RedisPersistenceSetup? _setup;

    internal RedisPersistence(ExtendedActorSystem system)
    {
        _setup = system.Settings.Setup.Get<RedisPersistenceSetup>() is { HasValue: true, Value: var setup } ? setup : null;
        _log = LoggerOf(system);
        system.Settings.InjectTopLevelFallback(DefaultConfig());
        _ = CloseAfterAsync(system.WhenTerminated);
    }

    /// <summary>The extension of a system.</summary>
    public static RedisPersistence Get(ActorSystem system) => system.WithExtension<RedisPersistence, RedisPersistenceProvider>();

    /// <summary>The defaults, every key commented: put it below your own configuration with <c>WithFallback</c>.</summary>
    public static Config DefaultConfig() => ConfigurationFactory.ParseString(EmbeddedText.Read("reference.hocon"));

    internal RedisConnection ConnectionFor(string configurationString) => _connections.GetOrAdd(
        configurationString, s => new Lazy<RedisConnection>(() => new RedisConnection(Options(s), _log))).Value;

    private ConfigurationOptions Options(string configurationString) => ConnectionStrings.Parse(
        configurationString, _setup?.ConfigurationString == configurationString ? _setup.Configure : null);

    /// <summary>The host's, which keeps the events' ids; else the actor system's.</summary>
    private static ILogger LoggerOf(ExtendedActorSystem system) => system.Settings.Setup.Get<LoggerFactorySetup>() is { HasValue: true, Value: var hosting }
        ? hosting.LoggerFactory.CreateLogger<RedisPersistence>()
        : new ActorSystemLogger(Logging.GetLogger(system, typeof(RedisPersistence)));

    private async Task CloseAfterAsync(Task terminated)
    {
        await terminated.ConfigureAwait(false);
        foreach (var connection in _connections.Values.Where(c => c.IsValueCreated))
            await connection.Value.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>Makes the extension; name it in <c>akka.extensions</c> to have the defaults in place without code.</summary>
public sealed class RedisPersistenceProvider : ExtensionIdProvider<RedisPersistence>
{
    /// <inheritdoc/>
    public override RedisPersistence CreateExtension(ExtendedActorSystem system) => new(system);
}
