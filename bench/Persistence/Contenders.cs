using Akka.Configuration;
using Akka.Persistence.Sql;
using AkkaSockets.Persistence.Redis;
using Microsoft.Data.Sqlite;
using StackExchange.Redis;

namespace AkkaSockets.PersistenceBench;

/// <summary>Makes the contenders by their names.</summary>
internal static class Contenders
{
    public const string Floor = "floor";
    public const string Redis = "redis";
    public const string Sqlite = "sqlite";

    // An answer that comes late on a busy machine is a figure, not a fault.
    private const string Patience = "{ recovery-event-timeout = 120s, circuit-breaker { max-failures = 10, call-timeout = 120s, reset-timeout = 1s } }";

    public static IReadOnlyList<string> All { get; } = [Floor, Redis, Sqlite];

    public static IContender Make(string name, BenchOptions options, string folder, RedisProcess redis, IDatabase database) => name switch
    {
        Floor => new FloorContender(database, options.Bytes, () => redis.Cpu),
        Redis => MakeRedis(options, redis, database),
        Sqlite => MakeSqlite(options, folder),
        _ => throw new BenchException($"There is no contender '{name}': {string.Join(", ", All)}."),
    };

    private static ActorContender MakeRedis(BenchOptions options, RedisProcess redis, IDatabase database)
    {
        var config = ConfigurationFactory.ParseString($"""
            akka.persistence.journal.plugin = {RedisPersistence.JournalId}
            {RedisPersistence.JournalId} {Patience}
            {RedisPersistence.JournalId}.configuration-string = "{redis.ConnectionString}"
            """).WithFallback(RedisPersistence.DefaultConfig());
        return new ActorContender(Redis, config, options.Bytes, () => redis.Cpu, async ids =>
            (await Task.WhenAll(ids.Select(id => database.SortedSetLengthAsync($"journal:persisted:{id}"))).ConfigureAwait(false)).Sum());
    }

    /// <summary>As the server's embedded store: a file in WAL mode, one writer, reads that block nobody.</summary>
    private static ActorContender MakeSqlite(BenchOptions options, string folder)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "bench.db"), DefaultTimeout = 30 }.ToString();
        Run(connectionString, "PRAGMA journal_mode=WAL;");
        var config = ConfigurationFactory.ParseString($$"""
            akka.persistence.journal {
              plugin = "akka.persistence.journal.sql"
              sql {
                connection-string = "{{connectionString.Replace("\\", "\\\\")}}"
                provider-name = "SQLite.MS"
                parallelism = 1
                read-isolation-level = read-uncommitted
                tag-write-mode = Csv
              }
            }
            akka.persistence.journal.sql {{Patience}}
            """).WithFallback(SqlPersistence.DefaultConfiguration);
        return new ActorContender(Sqlite, config, options.Bytes, () => TimeSpan.Zero, ids =>
        {
            // All ids of a crew, and only they, begin alike.
            var prefix = ids.Count == 0 ? "" : ids[0][..(ids[0].LastIndexOf('-') + 1)];
            return Task.FromResult(Run(connectionString, $"SELECT COUNT(*) FROM journal WHERE persistence_id LIKE '{prefix}%';"));
        });
    }

    private static long Run(string connectionString, string sql)
    {
        using var connection = new SqliteConnection(connectionString + ";Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
