using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Redis is well, and the way to it is not.</summary>
public abstract class BadNetworkConformance(StoreFixture store, ITestOutputHelper output)
{
    private readonly string _id = $"p-{Guid.NewGuid():N}";

    private Relay Relay() => new(store.Port);

    [Fact]
    public async Task A_write_that_was_done_while_its_answer_was_lost_fails_and_is_not_done_twice()
    {
        await using var relay = Relay();
        await using var systems = new Systems();
        var ledger = systems.Ledger(relay.ConnectionString, _id);
        await ledger.AddAsync("a");

        relay.LosingAnswers = true;
        var ambiguous = Assert.ThrowsAsync<RedisStoreException>(() => ledger.AddAsync("b", "c"));
        while ((await RawLog.ReadAsync(store.ConnectionString, _id)).Texts.Length < 3) await Task.Yield();
        relay.CutAndHeal();
        Assert.Equal(RedisFailureReason.Unreachable, (await ambiguous).Reason);

        Assert.Equal(["a", "b", "c"], await ledger.ReadAsync());
        await ledger.AddAsync("b", "c");
        await ledger.AddAsync("d");
        (await RawLog.ReadAsync(store.ConnectionString, _id)).Holds(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task A_write_whose_answer_never_comes_fails_in_time_and_is_not_done_twice()
    {
        await using var relay = Relay();
        await using var systems = new Systems();
        var ledger = systems.Ledger($"{relay.ConnectionString}{Patience.Short}", _id);
        await ledger.AddUntilAcknowledgedAsync("a");

        relay.LosingAnswers = true;
        Assert.Equal(RedisFailureReason.TimedOut, (await Assert.ThrowsAsync<RedisStoreException>(() => ledger.AddAsync("b"))).Reason);
        relay.CutAndHeal();
        await ledger.AddUntilAcknowledgedAsync("b");
        (await RawLog.ReadAsync(store.ConnectionString, _id)).Holds(["a", "b"]);
    }

    [Fact]
    public async Task Connections_that_break_again_and_again_cost_nothing()
    {
        await using var relay = Relay();
        await using var systems = new Systems();
        var load = new Load(systems.Start(relay.ConnectionString + Patience.None), ledgers: 20);
        await load.AcknowledgedAsync(5);
        for (var round = 0; round < 5; round++)
        {
            relay.Cut();
            output.WriteLine($"The last ledger was served {(await load.AcknowledgedAsync(1)).TotalSeconds:0.00} s after the cut.");
            await load.AcknowledgedAsync(3);
        }
        relay.Refusing = true;
        relay.Cut();
        await load.FailedAsync();
        relay.Refusing = false;
        output.WriteLine($"The last ledger was served {(await load.AcknowledgedAsync(1)).TotalSeconds:0.00} s after the store was back.");
        await load.AcknowledgedAsync(5);
        Assert.Contains(load.Failures, e => e is RedisStoreException { Reason: RedisFailureReason.Unreachable });
        load.FailedClearly();
        await load.StopAndCheckAsync(store.ConnectionString);
    }

    [Fact]
    public async Task A_store_that_takes_100_ms_each_way_fails_nothing()
    {
        await using var relay = Relay();
        relay.Delay = TimeSpan.FromMilliseconds(100);
        await using var systems = new Systems();
        var load = new Load(systems.Start(relay.ConnectionString), ledgers: 100);
        output.WriteLine($"100 ledgers recovered and wrote 5 texts each in {(await load.AcknowledgedAsync(5)).TotalSeconds:0.00} s.");
        Assert.Empty(load.Failures);
        relay.Delay = TimeSpan.Zero;
        await load.StopAndCheckAsync(store.ConnectionString);
    }

    [Fact]
    public async Task A_store_slower_than_the_time_that_it_is_given_fails_writes_and_loses_none_that_it_acknowledged()
    {
        await using var relay = Relay();
        await using var systems = new Systems();
        var load = new Load(systems.Start($"{relay.ConnectionString}{Patience.Short}"), ledgers: 20);
        await load.AcknowledgedAsync(5);
        relay.Delay = TimeSpan.FromSeconds(3);
        await load.FailedAsync();
        await load.FailedAsync();
        relay.Delay = TimeSpan.Zero;
        await load.AcknowledgedAsync(5);
        Assert.Contains(load.Failures, e => e is RedisStoreException { Reason: RedisFailureReason.TimedOut });
        load.FailedClearly();
        await load.StopAndCheckAsync(store.ConnectionString);
    }
}

public sealed class BadNetworkToRedisSpec(RedisFixture store, ITestOutputHelper output)
    : BadNetworkConformance(store, output), IClassFixture<RedisFixture>;

public sealed class BadNetworkToGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : BadNetworkConformance(store, output), IClassFixture<GarnetFixture>;
