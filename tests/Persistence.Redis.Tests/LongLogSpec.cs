using System.Globalization;
using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>Long logs come page by page.</summary>
public abstract class LongLogConformance(StoreFixture store, ITestOutputHelper output, int pageSize)
    : StoreTestKit(store, output, $"akka.persistence.journal.redis.replay-page-size = {pageSize}")
{
    private const int Events = 10_000;

    [Fact]
    public void Ten_thousand_events_come_back_in_order_whole_and_in_part()
    {
        for (var from = 1; from <= Events; from += 1000) Write(Together(from, from + 999));
        var (events, highest) = Replay();
        Assert.Equal(Range(1, Events), Numbers(events));
        Assert.Equal(Events, highest);
        Assert.Equal(Range(3_333, 7_777), Numbers(Replay(3_333, 7_777).Events));
        Assert.Equal(Range(3_333, 5_555), Numbers(Replay(3_333, max: 2_223).Events));
        Journal.Tell(new DeleteMessagesTo(Pid, 9_000, Probe.Ref), Probe.Ref);
        Probe.ExpectMsg<DeleteMessagesSuccess>();
        Assert.Equal(Range(9_001, Events), Numbers(Replay().Events));
    }
}

public sealed class LongLogInShortPagesSpec(RedisFixture store, ITestOutputHelper output)
    : LongLogConformance(store, output, pageSize: 7), IClassFixture<RedisFixture>;

public sealed class LongLogInPagesThatFitExactlySpec(RedisFixture store, ITestOutputHelper output)
    : LongLogConformance(store, output, pageSize: 1000), IClassFixture<RedisFixture>;

public sealed class LongLogOnGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : LongLogConformance(store, output, pageSize: 500), IClassFixture<GarnetFixture>;

/// <summary>Of many snapshots one is loaded, and what is deleted is not read.</summary>
public sealed class ReadingNoMoreThanNeededSpec(RedisFixture store, ITestOutputHelper output)
    : StoreTestKit(store, output), IClassFixture<RedisFixture>
{
    [RedisFact]
    public async Task Deleting_and_loading_read_no_more_than_they_need()
    {
        const int many = 200, size = 50_000;
        Write([.. Range(1, many).Select(n => new AtomicWrite(Event(n, new byte[size])))]);
        foreach (var n in Range(1, many))
            SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(Pid, n, DateTime.MinValue), new byte[size]), Probe.Ref);
        foreach (var _ in Range(1, many)) Probe.ExpectMsg<SaveSnapshotSuccess>();

        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync($"{Store.ConnectionString},allowAdmin=true");
        var before = await SentAsync(multiplexer);
        SnapshotStore.Tell(new LoadSnapshot(Pid, SnapshotSelectionCriteria.Latest, long.MaxValue), Probe.Ref);
        Assert.Equal(many, Probe.ExpectMsg<LoadSnapshotResult>().Snapshot.Metadata.SequenceNr);
        var loaded = await SentAsync(multiplexer);
        Assert.InRange(loaded - before, size, 2 * size);

        SnapshotStore.Tell(new DeleteSnapshots(Pid, new SnapshotSelectionCriteria(many - 1)), Probe.Ref);
        Probe.ExpectMsg<DeleteSnapshotsSuccess>();
        Journal.Tell(new DeleteMessagesTo(Pid, many, Probe.Ref), Probe.Ref);
        Probe.ExpectMsg<DeleteMessagesSuccess>();
        Assert.InRange(await SentAsync(multiplexer) - loaded, 0, size);
        Assert.Equal(1, await multiplexer.GetDatabase().SortedSetLengthAsync($"snapshot:{Pid}"));
    }

    private static async Task<long> SentAsync(IConnectionMultiplexer multiplexer)
    {
        var stats = await multiplexer.GetServers()[0].InfoAsync("stats");
        return long.Parse(stats.Single().Single(s => s.Key == "total_net_output_bytes").Value, CultureInfo.InvariantCulture);
    }
}
