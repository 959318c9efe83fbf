using Akka.Actor;
using Akka.Event;
using AkkaSockets.Persistence.Redis.Tests.Servers;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>What real servers answer about keeping their data, and what comes of it.</summary>
public sealed class RedisServerCheckSpec
{
    [RedisTheory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task A_server_that_could_drop_keys_is_refused_with_the_reason(string policy)
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", policy);
        var refused = await Assert.ThrowsAsync<RedisPolicyException>(() => RedisServerCheck.RunAsync(redis.ConnectionString));
        Assert.Contains($"127.0.0.1:{redis.Port} has maxmemory-policy {policy}", refused.Message);
        Assert.Contains("Set maxmemory-policy noeviction", refused.Message);
    }

    [RedisFact]
    public async Task One_such_server_among_several_is_enough()
    {
        await using var cluster = await RedisCluster.StartAsync(3);
        Assert.Equal(3, (await RedisServerCheck.RunAsync(cluster.ConnectionString)).Count);
        await cluster.Nodes[1].ConfigureAsync("maxmemory-policy", "allkeys-lru");
        var refused = await Assert.ThrowsAsync<RedisPolicyException>(() => RedisServerCheck.RunAsync(cluster.ConnectionString));
        Assert.Contains($":{cluster.Nodes[1].Port} ", refused.Message);
    }

    [RedisTheory]
    [InlineData("no", "everysec", "no append-only file")]
    [InlineData("yes", "everysec", "about a second")]
    [InlineData("yes", "no", "appendfsync no")]
    [InlineData("yes", "always", null)]
    public async Task What_a_server_may_lose_is_warned_of(string appendOnly, string appendFsync, string? said)
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", appendOnly, "--appendfsync", appendFsync);
        var report = Assert.Single(await RedisServerCheck.RunAsync(redis.ConnectionString));
        if (said is null) Assert.Empty(report.Warnings);
        else Assert.Contains(said, Assert.Single(report.Warnings));
    }

    [RedisFact]
    public async Task A_system_on_such_a_server_writes_and_recovers_nothing_until_it_is_set_right()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "allkeys-lru");
        await using var systems = new Systems();
        var ledger = systems.Ledger(redis.ConnectionString);
        Assert.Contains("allkeys-lru", (await Assert.ThrowsAsync<RedisPolicyException>(() => ledger.AddAsync("a"))).Message);
        await redis.ConfigureAsync("maxmemory-policy", "noeviction");
        await ledger.AddUntilAcknowledgedAsync("a");
    }

    [RedisFact]
    public async Task A_system_on_a_server_without_an_append_only_file_says_what_that_costs()
    {
        await using var redis = await RedisServer.StartAsync("--appendonly", "no");
        await using var systems = new Systems();
        var system = systems.Start(redis.ConnectionString);
        var log = Inbox.Create(system);
        system.EventStream.Subscribe(log.Receiver, typeof(Warning));
        await new LedgerClient(system, "p").AddAsync("a");
        Assert.Contains("no append-only file: a restart loses", $"{await log.ReceiveAsync(LedgerClient.Patience)}");
    }

    [RedisFact]
    public async Task A_system_that_was_told_not_to_ask_works_on_it_all_the_same()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "allkeys-lru");
        await using var systems = new Systems();
        await systems.Ledger(redis.ConnectionString, hocon: """
            akka.persistence.journal.redis.check-server = off
            akka.persistence.snapshot-store.redis.check-server = off
            """).AddAsync("a");
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_as_such_and_not_waited_for_forever()
    {
        var failed = await Assert.ThrowsAsync<RedisStoreException>(() => RedisServerCheck.RunAsync($"127.0.0.1:{RedisServer.FreePort()},password=secret"));
        Assert.Equal(RedisFailureReason.Unreachable, failed.Reason);
        Assert.DoesNotContain("secret", failed.ToString());
    }

    [RedisFact]
    public async Task A_system_that_starts_while_redis_is_away_works_once_it_comes()
    {
        await using var redis = RedisServer.Create();
        await using var systems = new Systems();
        var ledger = systems.Ledger($"{redis.ConnectionString}{Patience.Short}");
        await ledger.FailsForAsync(RedisFailureReason.Unreachable);
        await redis.StartAgainAsync();
        await ledger.AddUntilAcknowledgedAsync("a");
    }
}
