using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Layout;

/// <summary>The names of the keys that hold one persistence id.</summary>
/// <param name="prefix">Put before each name; may be empty.</param>
/// <param name="isCluster">Whether the server is a Redis Cluster, where all keys of one id must share a hash tag.</param>
internal sealed class RedisKeys(string prefix, bool isCluster)
{
    /// <summary>Whether keys of different ids may be on different servers.</summary>
    public bool IsCluster => isCluster;

    /// <summary>The sorted set of events, by sequence number.</summary>
    public RedisKey Journal(string persistenceId) => $"{Tag(persistenceId)}{prefix}journal:persisted:{persistenceId}";

    /// <summary>The highest sequence number ever used: it outlives the events.</summary>
    public RedisKey Highest(string persistenceId) =>
        $"{Tag(persistenceId)}{prefix}journal:persisted:{persistenceId}:highestSequenceNr";

    /// <summary>The sorted set of snapshots, by sequence number.</summary>
    public RedisKey Snapshots(string persistenceId) => $"{Tag(persistenceId)}{prefix}snapshot:{persistenceId}";

    private string Tag(string persistenceId) => isCluster ? $"{{__{persistenceId}}}." : "";
}
