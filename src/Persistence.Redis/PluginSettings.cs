using Akka.Actor;
using Akka.Configuration;

namespace AkkaSockets.Persistence.Redis;

/// <summary>The keys of reference.hocon that both plugins have.</summary>
internal sealed record PluginSettings(
    string ConfigurationString, int Database, bool UseDatabaseOfConnectionString, string KeyPrefix, bool CheckServer, long MaxValueSize)
{
    public static PluginSettings Read(Config config, ActorSystem system)
    {
        var configurationString = config.GetString("configuration-string", "");
        if (configurationString.Length == 0)
            configurationString = system.Settings.Setup.Get<RedisPersistenceSetup>() is { HasValue: true, Value: var setup }
                ? setup.ConfigurationString
                : "";
        var database = config.GetInt("database", 0);
        return new PluginSettings(
            configurationString,
            database >= 0 ? database : throw new ConfigurationException($"database is {database}: it has to be 0 or more."),
            config.GetBoolean("use-database-number-from-connection-string", false),
            config.GetString("key-prefix", ""),
            config.GetBoolean("check-server", true),
            config.GetByteSize("max-value-size", 512L * 1024 * 1024) is { } size and > 0
                ? size
                : throw new ConfigurationException("max-value-size has to be 1 B or more."));
    }
}
