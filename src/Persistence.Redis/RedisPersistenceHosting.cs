using Akka.Hosting;
using AkkaSockets.Persistence.Redis.Connections;

namespace AkkaSockets.Persistence.Redis;

/// <summary>Registers the journal and the snapshot store with Akka.Hosting.</summary>
public static class RedisPersistenceHosting
{
    /// <summary>Adds both, with the ids <c>akka.persistence.journal.redis</c> and <c>akka.persistence.snapshot-store.redis</c>.</summary>
    /// <param name="builder">The system's builder.</param>
    /// <param name="options">Where Redis is. Settings that it lacks can be given in HOCON, which goes before these.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or the database is negative.</exception>
    public static AkkaConfigurationBuilder WithRedisPersistence(this AkkaConfigurationBuilder builder, RedisPersistenceOptions options)
    {
        ConnectionStrings.Parse(options.ConfigurationString);
        if (options.Database < 0) throw new ArgumentException($"Database is {options.Database}: it has to be 0 or more.", nameof(options));
        return builder
            .AddSetup(new RedisPersistenceSetup(options.ConfigurationString, options.Configure))
            .AddHocon(Hocon(options), HoconAddMode.Append)
            .AddHocon(RedisPersistence.DefaultConfig(), HoconAddMode.Append);
    }

    private static string Hocon(RedisPersistenceOptions options)
    {
        var settings = $$"""
            {
              key-prefix = {{Quoted(options.KeyPrefix)}}
              database = {{options.Database ?? 0}}
              use-database-number-from-connection-string = {{(options.Database is null ? "on" : "off")}}
            }
            """;
        var plugins = $"{RedisPersistence.JournalId} {settings}\n{RedisPersistence.SnapshotStoreId} {settings}\n";
        return options.IsDefault
            ? plugins + $"""
                akka.persistence.journal.plugin = {RedisPersistence.JournalId}
                akka.persistence.snapshot-store.plugin = {RedisPersistence.SnapshotStoreId}
                """
            : plugins;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
