using AkkaSockets.Persistence.Redis.Tests.Servers;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>What can never be stored is rejected, rather than failed: its actor lives on, and nobody else notices.</summary>
public abstract class UnstorableConformance(StoreFixture store)
{
    private const string SmallValues = """
        akka.persistence.journal.redis.max-value-size = 1 KiB
        akka.persistence.snapshot-store.redis.max-value-size = 1 KiB
        """;

    [Fact]
    public async Task An_event_that_is_too_large_is_rejected_and_its_actor_goes_on()
    {
        await using var systems = new Systems();
        var ledger = systems.Ledger(store.ConnectionString, hocon: SmallValues);
        await ledger.AddAsync("a");
        var rejected = await Assert.ThrowsAsync<WriteRejectedException>(() => ledger.AddAsync(new string('b', 1025)));
        Assert.Contains("Note of 1025 bytes", rejected.Message);
        Assert.Contains("max-value-size is 1024", rejected.Message);
        var largest = new string('c', 1024);
        await ledger.AddAsync(largest);
        await ledger.ForgetAsync();
        Assert.Equal(["a", largest], await ledger.ReadAsync());
    }

    [Fact]
    public async Task A_snapshot_that_is_too_large_is_not_saved_and_its_actor_goes_on()
    {
        await using var systems = new Systems();
        var ledger = systems.Ledger(store.ConnectionString, hocon: SmallValues);
        await ledger.AddAsync(new string('a', 1000), new string('b', 1000));
        Assert.Contains("max-value-size is 1024", (await Assert.ThrowsAsync<SnapshotNotSavedException>(ledger.SaveAsync)).Message);
        await ledger.AddAsync("c");
        Assert.Equal(3, (await ledger.ReadAsync()).Length);
    }
}

public sealed class UnstorableInRedisSpec(RedisFixture store) : UnstorableConformance(store), IClassFixture<RedisFixture>;

public sealed class UnstorableInGarnetSpec(GarnetFixture store) : UnstorableConformance(store), IClassFixture<GarnetFixture>;
