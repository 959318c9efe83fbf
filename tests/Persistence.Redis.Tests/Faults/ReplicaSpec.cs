using AkkaSockets.Persistence.Redis.Tests.Servers;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Redis as a replica, which takes no writes and may be behind.</summary>
public sealed class ReplicaSpec(ITestOutputHelper output)
{
    [RedisFact]
    public async Task A_primary_that_becomes_a_replica_fails_writes_and_is_gone_on_with_when_it_is_primary_again()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var systems = new Systems();
        var load = new Load(systems.Start(redis.ConnectionString + Patience.None), ledgers: 20);
        await load.AcknowledgedAsync(5);
        // A replica of nobody: it keeps its data.
        await redis.ExecuteAsync("REPLICAOF", "127.0.0.1", $"{RedisServer.FreePort()}");
        await load.FailedAsync();
        await load.FailedAsync();
        await redis.ExecuteAsync("REPLICAOF", "NO", "ONE");
        output.WriteLine($"The last ledger was served {(await load.AcknowledgedAsync(1)).TotalSeconds:0.00} s after it was primary again.");
        await load.AcknowledgedAsync(5);
        Assert.Contains(load.Failures, e => e is RedisStoreException { Reason: RedisFailureReason.ReadOnly });
        load.FailedClearly(refused: false);
        await load.StopAndCheckAsync(redis.ConnectionString);
    }

    [RedisFact]
    public async Task With_only_a_replica_in_reach_recoveries_fail_and_say_so()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync("--replicaof", $"127.0.0.1 {primary.Port}");
        await using var systems = new Systems();
        var ledger = systems.Ledger($"{replica.ConnectionString}{Patience.Short}");
        await ledger.FailsForAsync(RedisFailureReason.ReadOnly);
        await replica.ExecuteAsync("REPLICAOF", "NO", "ONE");
        await ledger.AddUntilAcknowledgedAsync("a");
        (await RawLog.ReadAsync(replica.ConnectionString, ledger.PersistenceId)).Holds(["a"]);
    }

    [RedisFact]
    public async Task With_both_in_the_connection_string_a_failover_is_followed()
    {
        await using var first = await RedisServer.StartAsync();
        await using var second = await RedisServer.StartAsync("--replicaof", $"127.0.0.1 {first.Port}");
        await using var systems = new Systems();
        var load = new Load(systems.Start($"127.0.0.1:{first.Port},127.0.0.1:{second.Port}{Patience.None}"), ledgers: 20);
        await load.AcknowledgedAsync(5);
        await first.UntilAnswersAsync(["INFO", "replication"], "state=online");
        // FAILOVER waits until the replica has everything, and swaps the two.
        await first.ExecuteAsync("FAILOVER", "TO", "127.0.0.1", $"{second.Port}");
        await load.FailedAsync();
        output.WriteLine($"The last ledger was served {(await load.AcknowledgedAsync(1)).TotalSeconds:0.00} s after the first failures.");
        await load.AcknowledgedAsync(5);
        load.FailedClearly();
        await load.StopAndCheckAsync(second.ConnectionString);
        await using var now = await ConnectionMultiplexer.ConnectAsync(second.ConnectionString);
        Assert.False(now.GetServers()[0].IsReplica);
    }
}
