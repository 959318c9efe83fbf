using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Tests.Servers;

/// <summary>A Redis Cluster of its own for one test: primaries only, each with an equal share of the slots.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Slots = 16384;

    private readonly RedisServer[] _nodes;

    private RedisCluster(RedisServer[] nodes) => _nodes = nodes;

    public IReadOnlyList<RedisServer> Nodes => _nodes;

    public string ConnectionString => $"{string.Join(',', _nodes.Select(n => $"127.0.0.1:{n.Port}"))}{Patience.Options}";

    public static async Task<RedisCluster> StartAsync(int nodes)
    {
        var busPorts = Enumerable.Range(0, nodes).Select(_ => RedisServer.FreePort()).ToArray();
        var servers = await Task.WhenAll(busPorts.Select(port => RedisServer.StartAsync(
            // A node that is away takes its own slots along, not the others'.
            "--cluster-enabled", "yes", "--cluster-port", $"{port}", "--cluster-require-full-coverage", "no")));
        for (var i = 0; i < nodes; i++)
        {
            await servers[i].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", Slots * i / nodes, (Slots * (i + 1) / nodes) - 1);
            if (i > 0) await servers[0].ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", servers[i].Port, busPorts[i]);
        }
        var cluster = new RedisCluster(servers);
        foreach (var server in servers)
        {
            await server.UntilAnswersAsync(["CLUSTER", "INFO"], $"cluster_slots_ok:{Slots}");
            await server.UntilAnswersAsync(["CLUSTER", "INFO"], "cluster_state:ok");
        }
        return cluster;
    }

    /// <summary>The node that holds a key now.</summary>
    public async Task<RedisServer> HolderAsync(string key)
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        var holder = (await multiplexer.GetDatabase().IdentifyEndpointAsync(key))!.ToString()!;
        return Array.Find(_nodes, n => holder.EndsWith($":{n.Port}", StringComparison.Ordinal))!;
    }

    /// <summary>Moves the slot of a key, with all keys that are in it, as redis-cli's reshard does.</summary>
    public async Task MoveSlotAsync(string key, RedisServer from, RedisServer to, string[] keys)
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        var slot = multiplexer.HashSlot(key);
        var (fromId, toId) = (await from.AskAsync("CLUSTER", "MYID"), await to.AskAsync("CLUSTER", "MYID"));
        await to.ExecuteAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
        await from.ExecuteAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        await from.ExecuteAsync("MIGRATE", ["127.0.0.1", to.Port, "", 0, 5000, "KEYS", .. keys]);
        await to.ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", toId);
        await from.ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", toId);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}
