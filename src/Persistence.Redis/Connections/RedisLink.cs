using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Connections;

/// <summary>A connection that has been up at least once, so that it is known which kind of server it leads to.</summary>
/// <param name="Multiplexer">Shared by all who use the same connection string.</param>
/// <param name="IsCluster">Whether the servers form a Redis Cluster.</param>
internal sealed record RedisLink(IConnectionMultiplexer Multiplexer, bool IsCluster);
