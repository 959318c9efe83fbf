using Microsoft.Data.Sqlite;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A transaction of another process than the node's, so that no write of the node's gets through.</summary>
internal static class HeldStore
{
    /// <summary>Takes SQLite's one write lock until disposed.</summary>
    public static async Task<IAsyncDisposable> HoldAsync(NodeProcess node)
    {
        var file = Assert.Single(Directory.GetFiles(node.DataFolder, "*.db"));
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }
}
