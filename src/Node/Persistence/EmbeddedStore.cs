using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Microsoft.Data.Sqlite;

namespace AkkaSockets.Node.Persistence;

/// <summary>
/// The embedded store: one SQLite file in WAL mode with full synchronisation, so that what is acknowledged survives a killed process
/// and a power cut. One process at a time: a second one is refused.
/// </summary>
public sealed class EmbeddedStore : IDisposable
{
    private const string FileName = "akkasockets.db";

    // A file that answers late is a busy machine's, not a broken one's: an open breaker would turn a crowd of new users away for longer than they took to serve.
    // So it never opens: StoreState spares a store that fails. Half open it would be worse still: Akka's snapshot store dies of it, with the requests that it holds.
    private const string Breaker = "max-failures = 2147483647, call-timeout = 20s, reset-timeout = 1s";

    private readonly FileStream _lock;
    private readonly string _connectionString;

    private EmbeddedStore(FileStream held, string connectionString) => (_lock, _connectionString) = (held, connectionString);

    /// <summary>Makes the folder if need be, takes the lock and prepares the file.</summary>
    /// <param name="folder">Relative to the working directory, or absolute.</param>
    /// <exception cref="StoreException">Another process has the store, or the folder can't be written.</exception>
    public static EmbeddedStore Open(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
            var held = TakeLock(Path.Combine(path, "lock"), folder);
            var connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(path, FileName), DefaultTimeout = 30 }.ToString();
            try
            {
                // WAL is a property of the file and lasts; without it each write syncs twice and readers block the writer.
                using var connection = new SqliteConnection(connectionString + ";Pooling=False");
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA journal_mode=WAL;";
                command.ExecuteNonQuery();
            }
            catch
            {
                held.Dispose();
                throw;
            }
            return new EmbeddedStore(held, connectionString);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StoreException($"Persistence:Path is '{folder}': the store there can't be opened ({e.Message}).", e);
        }
    }

    /// <summary>Sets the journal and the snapshot store.</summary>
    public void Configure(AkkaConfigurationBuilder akka)
    {
        var connection = _connectionString.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        // One writer: SQLite has one anyway, and more would only wait for each other's locks. Reads are "uncommitted" because for any other level
        // Microsoft.Data.Sqlite begins with BEGIN IMMEDIATE, which takes the writer's lock, and waits 150 ms whenever it is taken. This one begins
        // with BEGIN, which in WAL mode reads the last commit and blocks nobody: new users came ten times as fast.
        var hocon = ConfigurationFactory.ParseString($$"""
            akka.persistence {
              journal {
                plugin = "akka.persistence.journal.sql"
                sql {
                  connection-string = "{{connection}}"
                  provider-name = "SQLite.MS"
                  parallelism = 1
                  read-isolation-level = read-uncommitted
                  tag-write-mode = Csv
                  circuit-breaker { {{Breaker}} }
                }
              }
              snapshot-store {
                plugin = "akka.persistence.snapshot-store.sql"
                sql {
                  connection-string = "{{connection}}"
                  provider-name = "SQLite.MS"
                  read-isolation-level = read-uncommitted
                  circuit-breaker { {{Breaker}} }
                }
              }
            }
            """);
        akka.AddHocon(hocon.WithFallback(SqlPersistence.DefaultConfiguration), HoconAddMode.Prepend);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string file, string folder)
    {
        try
        {
            // Held by the open file, so the system releases it however the process ends.
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreException($"Persistence:Path is '{folder}': another process has the store there. The embedded store serves one node only.", e);
        }
    }
}

/// <summary>The store can't be used; the message says why and what to do.</summary>
public sealed class StoreException(string message, Exception? cause = null) : Exception(message, cause);
