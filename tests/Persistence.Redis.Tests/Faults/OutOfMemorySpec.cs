using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Redis has reached maxmemory with noeviction: it takes nothing, and tells what it has.</summary>
public sealed class OutOfMemorySpec(ITestOutputHelper output)
{
    [RedisFact]
    public async Task Writes_fail_recoveries_work_and_all_go_on_when_there_is_room()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var systems = new Systems();
        // A breaker that opened would stay so: nothing here may depend on one.
        var load = new Load(systems.Start(redis.ConnectionString, "akka.persistence.journal.redis.circuit-breaker.reset-timeout = 1h"), ledgers: 20);
        await load.AcknowledgedAsync(5);

        await redis.ConfigureAsync("maxmemory", "1mb");
        await load.FailedAsync();
        // The second failure of each shows that its successor recovered: it could not write otherwise.
        await load.FailedAsync();
        Assert.All(load.Failures, e => Assert.Equal(RedisFailureReason.OutOfMemory, Assert.IsType<RedisStoreException>(e).Reason));

        await redis.ConfigureAsync("maxmemory", "0");
        output.WriteLine($"The last ledger was served {(await load.AcknowledgedAsync(1)).TotalSeconds:0.00} s after there was room.");
        await load.AcknowledgedAsync(5);
        load.FailedClearly(refused: false);
        await load.StopAndCheckAsync(redis.ConnectionString);
    }

    [RedisFact]
    public async Task Of_several_events_that_are_one_write_none_is_stored()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using var systems = new Systems();
        var ledger = systems.Ledger(redis.ConnectionString);
        await ledger.AddAsync("a");
        await redis.ConfigureAsync("maxmemory", "1mb");
        // More than one ZADD of the script takes.
        var texts = Enumerable.Range(0, 3000).Select(n => $"t-{n}").ToArray();
        Assert.Equal(RedisFailureReason.OutOfMemory, (await Assert.ThrowsAsync<RedisStoreException>(() => ledger.AddAsync(texts))).Reason);
        Assert.Equal(["a"], await ledger.ReadAsync());
        await redis.ConfigureAsync("maxmemory", "0");
        await ledger.AddAsync(texts);
        (await RawLog.ReadAsync(redis.ConnectionString, ledger.PersistenceId)).Holds(["a", .. texts]);
    }
}
