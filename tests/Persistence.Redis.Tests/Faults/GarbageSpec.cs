using AkkaSockets.Persistence.Redis.Tests.Servers;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Something that the journal did not write stands at the keys of one log.</summary>
public sealed class GarbageSpec(RedisFixture store) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private readonly string _id = $"p-{Guid.NewGuid():N}";
    private readonly Systems _systems = new();
    private ConnectionMultiplexer? _multiplexer;

    private string Events => $"journal:persisted:{_id}";

    private string Highest => $"{Events}:highestSequenceNr";

    private IDatabase Redis => _multiplexer!.GetDatabase();

    public async Task InitializeAsync() => _multiplexer = await ConnectionMultiplexer.ConnectAsync(store.ConnectionString);

    public async Task DisposeAsync()
    {
        await _systems.DisposeAsync();
        await _multiplexer!.DisposeAsync();
    }

    [RedisFact]
    public async Task A_write_onto_another_type_fails_stores_nothing_and_goes_on_once_it_is_gone()
    {
        var ledger = _systems.Ledger(store.ConnectionString, _id);
        await ledger.OpenAsync();
        await Redis.StringSetAsync(Events, "garbage");
        Assert.Equal(RedisFailureReason.WrongType, (await FailureAsync(() => ledger.AddAsync("a"))).Reason);
        Assert.Equal(RedisFailureReason.WrongType, (await FailureAsync(ledger.OpenAsync)).Reason);
        Assert.Equal("garbage", await Redis.StringGetAsync(Events));
        Assert.False(await Redis.KeyExistsAsync(Highest));
        await Redis.KeyDeleteAsync(Events);
        await ledger.AddAsync("a");
        (await RawLog.ReadAsync(store.ConnectionString, _id)).Holds(["a"]);
    }

    [RedisFact]
    public async Task A_write_past_a_number_of_another_type_fails_and_stores_nothing()
    {
        var ledger = _systems.Ledger(store.ConnectionString, _id);
        await ledger.AddAsync("a");
        await Redis.KeyDeleteAsync(Highest);
        await Redis.ListRightPushAsync(Highest, "garbage");
        Assert.Equal(RedisFailureReason.WrongType, (await FailureAsync(() => ledger.AddAsync("b"))).Reason);
        Assert.Equal(RedisFailureReason.WrongType, (await FailureAsync(ledger.OpenAsync)).Reason);
        await Redis.KeyDeleteAsync(Highest);
        await ledger.AddAsync("b");
        (await RawLog.ReadAsync(store.ConnectionString, _id)).Holds(["a", "b"]);
    }

    [RedisFact]
    public async Task A_number_that_is_none_fails_writes_and_recoveries()
    {
        var ledger = _systems.Ledger(store.ConnectionString, _id);
        await ledger.AddAsync("a");
        await Redis.StringSetAsync(Highest, "garbage");
        Assert.Equal(RedisFailureReason.WrongType, (await FailureAsync(() => ledger.AddAsync("b"))).Reason);
        Assert.Equal(RedisFailureReason.Unreadable, (await FailureAsync(ledger.OpenAsync)).Reason);
        await Redis.StringSetAsync(Highest, 1);
        await ledger.AddAsync("b");
        (await RawLog.ReadAsync(store.ConnectionString, _id)).Holds(["a", "b"]);
    }

    [RedisFact]
    public async Task A_member_that_is_no_event_fails_recoveries_by_its_key_and_score()
    {
        var ledger = _systems.Ledger(store.ConnectionString, _id);
        await ledger.AddAsync("a", "b", "c");
        await ledger.ForgetAsync();
        await Redis.SortedSetAddAsync(Events, "garbage", 2);
        var failed = await FailureAsync(ledger.OpenAsync);
        Assert.Equal(RedisFailureReason.Unreadable, failed.Reason);
        Assert.Contains($"score 2 in {Events}", failed.Message);
        await Redis.SortedSetRemoveAsync(Events, "garbage");
        Assert.Equal(["a", "b", "c"], await ledger.ReadAsync());
    }

    [RedisFact]
    public async Task Others_do_not_notice_however_often_one_fails()
    {
        // Neither does a breaker open that would stay so.
        var system = _systems.Start(store.ConnectionString, """
            akka.persistence.journal.redis.circuit-breaker.reset-timeout = 1h
            akka.persistence.snapshot-store.redis.circuit-breaker.reset-timeout = 1h
            """);
        await Redis.StringSetAsync(Events, "garbage");
        await Redis.StringSetAsync($"snapshot:{_id}", "garbage");
        for (var i = 0; i < 30; i++) await FailureAsync(new LedgerClient(system, _id).OpenAsync);
        await Redis.KeyDeleteAsync($"snapshot:{_id}");
        for (var i = 0; i < 30; i++) await FailureAsync(new LedgerClient(system, _id).OpenAsync);
        var other = new LedgerClient(system, _id + "-other");
        await other.AddAsync("a");
        Assert.Equal(["a"], await other.ReadAsync());
    }

    private static Task<RedisStoreException> FailureAsync(Func<Task> act) => Assert.ThrowsAsync<RedisStoreException>(act);
}
