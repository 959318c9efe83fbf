using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Fencing;

/// <summary>Two systems write the same persistence id: one log comes of it, and no fork.</summary>
public abstract class SecondWriterConformance(StoreFixture store, ITestOutputHelper output) : StoreTestKit(store, output)
{
    [Fact]
    public async Task The_second_of_two_writers_is_refused_recovers_and_goes_on()
    {
        await using var systems = new Systems();
        var first = systems.Ledger(Store.ConnectionString, Pid);
        var second = systems.Ledger(Store.ConnectionString, Pid);
        await first.AddAsync("a");
        await second.OpenAsync();
        await first.AddAsync("b");

        var refused = await Assert.ThrowsAsync<SecondWriterException>(() => second.AddAsync("c"));
        Assert.Equal((Pid, 2L, 2L), (refused.PersistenceId, refused.SequenceNr, refused.HighestSequenceNr));
        Assert.Contains("somebody else writes it too", refused.Message);

        await second.AddAsync("c");
        Assert.Equal(["a", "b", "c"], await second.ReadAsync());
        await Assert.ThrowsAsync<SecondWriterException>(() => first.AddAsync("d"));
        Assert.Equal(["a", "b", "c"], await first.ReadAsync());
        Assert.Equal([1, 2, 3], Numbers(Replay().Events));
    }

    [Fact]
    public async Task Writers_at_once_leave_one_log_with_everything_that_was_acknowledged()
    {
        await using var systems = new Systems();
        var writers = Enumerable.Range(0, 3).Select(_ => systems.Ledger(Store.ConnectionString, Pid)).ToArray();
        await Task.WhenAll(writers.Select(w => w.OpenAsync()));
        var acknowledged = await Task.WhenAll(writers.Select(async (writer, w) =>
        {
            for (var i = 0; i < 20; i++) await writer.AddUntilAcknowledgedAsync($"{w}-{i}");
            return Enumerable.Range(0, 20).Select(i => $"{w}-{i}");
        }));
        var (events, highest) = Replay();
        var texts = events.Select(e => ((Note)e.Payload).Text).ToArray();
        Assert.Equal(Range(1, 60), Numbers(events));
        Assert.Equal(60, highest);
        foreach (var mine in acknowledged) Assert.Equal(mine, texts.Where(t => t[0] == mine.First()[0]));
    }

    /// <summary>The number and the events may have come apart by other tools: a log ends where the later of the two says.</summary>
    [Theory]
    [InlineData(null, new double[] { }, 1)]
    [InlineData("5", new double[] { }, 6)]
    [InlineData(null, new double[] { 1, 2, 7 }, 8)]
    [InlineData("5", new double[] { 6, 7 }, 8)]
    [InlineData("9", new double[] { 6, 7 }, 10)]
    public async Task A_log_goes_on_after_the_later_of_its_number_and_its_last_event(string? number, double[] scores, long next)
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(Store.ConnectionString);
        var redis = multiplexer.GetDatabase();
        foreach (var score in scores) await redis.SortedSetAddAsync($"journal:persisted:{Pid}", $"m{score}", score);
        if (number is not null) await redis.StringSetAsync($"journal:persisted:{Pid}:highestSequenceNr", number);

        foreach (var wrong in Range(1, next + 2).Where(n => n != next))
        {
            Journal.Tell(new WriteMessages(Singles(wrong, wrong), Probe.Ref, 1), Probe.Ref);
            Probe.ExpectMsg<WriteMessagesFailed>();
            var refused = Assert.IsType<SecondWriterException>(Probe.ExpectMsg<WriteMessageFailure>().Cause);
            Assert.Equal((wrong, next - 1), (refused.SequenceNr, refused.HighestSequenceNr));
        }
        Assert.Equal(next - 1, Replay(max: 0).Highest);
        Write(Singles(next, next));
        Assert.Equal(next, Replay(max: 0).Highest);
        Assert.Equal(scores.Length + 1, await redis.SortedSetLengthAsync($"journal:persisted:{Pid}"));
    }

    [Fact]
    public async Task The_number_survives_a_deletion_even_where_it_was_missing()
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(Store.ConnectionString);
        Write(Singles(1, 3));
        await multiplexer.GetDatabase().KeyDeleteAsync($"journal:persisted:{Pid}:highestSequenceNr");
        Journal.Tell(new DeleteMessagesTo(Pid, long.MaxValue, Probe.Ref), Probe.Ref);
        Probe.ExpectMsg<DeleteMessagesSuccess>();
        Assert.Equal(3, Replay().Highest);
    }

    [Fact]
    public void A_refused_atomic_write_stores_none_of_its_events()
    {
        Write(Singles(1, 3));
        Journal.Tell(new WriteMessages([Together(2, 6)], Probe.Ref, 1), Probe.Ref);
        Probe.ExpectMsg<WriteMessagesFailed>();
        Assert.Equal([1, 2, 3], Numbers(Replay().Events));
    }
}

public sealed class SecondWriterOnRedisSpec(RedisFixture store, ITestOutputHelper output)
    : SecondWriterConformance(store, output), IClassFixture<RedisFixture>;

public sealed class SecondWriterOnGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : SecondWriterConformance(store, output), IClassFixture<GarnetFixture>;
