using AkkaSockets.Persistence.Redis.Tests.Servers;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Snapshots that cannot be saved harm nothing else.</summary>
public sealed class SnapshotFaultsSpec
{
    // The strictest breaker there is: one failure of what goes through it opens it for good.
    private const string StrictBreaker = """
        akka.persistence.snapshot-store.redis.circuit-breaker {
          max-failures = 1
          reset-timeout = 1h
        }
        """;

    [RedisFact]
    public async Task Failing_saves_do_not_keep_anybody_from_recovering_even_with_a_breaker()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var systems = new Systems();
        var system = systems.Start(redis.ConnectionString, StrictBreaker);
        var ledgers = Enumerable.Range(0, 10).Select(_ => new LedgerClient(system, $"p-{Guid.NewGuid():N}")).ToArray();
        foreach (var ledger in ledgers)
        {
            await ledger.AddAsync("a");
            await ledger.SaveAsync();
            await ledger.AddAsync("b");
        }

        await redis.ConfigureAsync("maxmemory", "1mb");
        foreach (var ledger in ledgers)
        {
            var failed = await Assert.ThrowsAsync<SnapshotNotSavedException>(ledger.SaveAsync);
            Assert.Equal(RedisFailureReason.OutOfMemory, Assert.IsType<RedisStoreException>(failed.InnerException).Reason);
            await ledger.ForgetAsync();
        }
        foreach (var ledger in ledgers) Assert.Equal(["a", "b"], await ledger.ReadAsync());

        await redis.ConfigureAsync("maxmemory", "0");
        foreach (var ledger in ledgers) await ledger.SaveAsync();
    }

    /// <summary>The events may be gone by then: the snapshot is all there is.</summary>
    [RedisFact]
    public async Task A_failed_save_leaves_the_earlier_snapshot_of_its_sequence_number()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var systems = new Systems();
        var ledger = systems.Ledger(redis.ConnectionString);
        await ledger.AddAsync("a", "b");
        await ledger.SaveAsync();
        await redis.ExecuteAsync("DEL", $"journal:persisted:{ledger.PersistenceId}");

        await redis.ConfigureAsync("maxmemory", "1mb");
        await Assert.ThrowsAsync<SnapshotNotSavedException>(ledger.SaveAsync);
        // Answers come in order: whatever the failure set off is done when this is.
        await redis.ConfigureAsync("maxmemory", "0");
        await ledger.ForgetAsync();
        Assert.Equal(["a", "b"], await ledger.ReadAsync());
        await ledger.AddAsync("c");
        await ledger.ForgetAsync();
        Assert.Equal(["a", "b", "c"], await ledger.ReadAsync());
    }

    [RedisFact]
    public async Task A_snapshot_at_another_type_fails_its_own_recovery_alone()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var systems = new Systems();
        var system = systems.Start(redis.ConnectionString);
        var ledger = new LedgerClient(system, "p");
        await ledger.AddAsync("a");
        await redis.ExecuteAsync("SET", "snapshot:p", "garbage");
        var notSaved = await Assert.ThrowsAsync<SnapshotNotSavedException>(ledger.SaveAsync);
        Assert.Equal(RedisFailureReason.WrongType, Assert.IsType<RedisStoreException>(notSaved.InnerException).Reason);
        await ledger.ForgetAsync();
        var failed = await Assert.ThrowsAsync<RedisStoreException>(ledger.ReadAsync);
        Assert.Equal(RedisFailureReason.WrongType, failed.Reason);
        await new LedgerClient(system, "other").AddAsync("a");
        await redis.ExecuteAsync("DEL", "snapshot:p");
        Assert.Equal(["a"], await ledger.ReadAsync());
    }

    [RedisFact]
    public async Task A_save_while_redis_is_away_fails_and_its_actor_lives_on()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var systems = new Systems();
        var ledger = systems.Ledger(redis.ConnectionString + Patience.None);
        await ledger.AddUntilAcknowledgedAsync("a");
        await redis.KillAsync();
        await Assert.ThrowsAsync<SnapshotNotSavedException>(ledger.SaveAsync);
        await redis.StartAgainAsync();
        await ledger.AddUntilAcknowledgedAsync("b");
        await ledger.SaveAsync();
        await ledger.ForgetAsync();
        Assert.Equal(["a", "b"], await ledger.ReadAsync());
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        Assert.Equal(1, await multiplexer.GetDatabase().SortedSetLengthAsync($"snapshot:{ledger.PersistenceId}"));
    }
}
