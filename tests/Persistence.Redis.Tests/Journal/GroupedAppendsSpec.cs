using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Journal;

/// <summary>Writes of many logs that come at once share calls to Redis, and nothing else.</summary>
public abstract class GroupedAppendsConformance(StoreFixture store, ITestOutputHelper output) : StoreTestKit(store, output)
{
    [Fact]
    public void Of_two_writers_that_come_at_once_one_is_taken()
    {
        var probes = Enumerable.Range(0, 20).Select(_ => (First: CreateTestProbe(), Second: CreateTestProbe())).ToArray();
        for (var n = 0; n < probes.Length; n++)
        {
            Tell(new WriteMessages([Events(Id(n), 1, 2)], probes[n].First.Ref, 1));
            Tell(new WriteMessages([Events(Id(n), 1, 1)], probes[n].Second.Ref, 1));
        }
        for (var n = 0; n < probes.Length; n++)
        {
            Assert.IsType<WriteMessagesSuccessful>(probes[n].First.ReceiveOne(TimeSpan.FromMinutes(2)));
            Assert.IsType<SecondWriterException>(Assert.IsType<WriteMessagesFailed>(probes[n].Second.ReceiveOne(TimeSpan.FromMinutes(2))).Cause);
            Assert.Equal([1, 2], Numbers(Replay(pid: Id(n)).Events));
        }
    }

    [Fact]
    public void A_recovery_sees_what_was_written_just_before_it()
    {
        Write(Together(1, 1)); // until there is a connection, nothing is in order
        for (var n = 0; n < 50; n++)
        {
            Tell(new WriteMessages([Events(Id(n), 1, 2)], Probe.Ref, 1));
            Assert.Equal([1, 2], Numbers(Replay(pid: Id(n)).Events));
        }
    }

    [Fact]
    public void A_deletion_reaches_what_was_written_just_before_it()
    {
        Write(Together(1, 1)); // until there is a connection, nothing is in order
        for (var n = 0; n < 50; n++)
        {
            var probe = CreateTestProbe();
            Tell(new WriteMessages([Events(Id(n), 1, 3)], Probe.Ref, 1));
            Tell(new DeleteMessagesTo(Id(n), 2, probe.Ref));
            Assert.IsType<DeleteMessagesSuccess>(probe.ReceiveOne(TimeSpan.FromMinutes(2)));
            Assert.Equal([3], Numbers(Replay(pid: Id(n)).Events));
        }
    }

    protected void Tell(object message) => Journal.Tell(message, Probe.Ref);

    protected string Id(int n) => $"{Pid}-{n}";

    protected AtomicWrite Events(string pid, long from, long to) =>
        new([.. Range(from, to).Select(n => (IPersistentRepresentation)new Persistent($"a-{n}", n, pid, manifest: "", writerGuid: Writer))]);
}

public sealed class GroupedAppendsOnRedisSpec(RedisFixture store, ITestOutputHelper output)
    : GroupedAppendsConformance(store, output), IClassFixture<RedisFixture>
{
    private const int Logs = 100;

    // Not on Garnet, where a string and another thing can stand at one key.
    [RedisFact]
    public async Task What_is_wrong_with_one_log_is_no_other_logs_trouble()
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(Store.ConnectionString);
        var redis = multiplexer.GetDatabase();
        await redis.StringSetAsync($"journal:persisted:{Id(7)}", "garbage");
        await redis.ListRightPushAsync($"journal:persisted:{Id(23)}:highestSequenceNr", "garbage");
        await redis.StringSetAsync($"journal:persisted:{Id(61)}:highestSequenceNr", 5);

        var probes = Enumerable.Range(0, Logs).Select(_ => CreateTestProbe()).ToArray();
        for (var n = 0; n < Logs; n++) Tell(new WriteMessages([Events(Id(n), 1, 3)], probes[n].Ref, 1));

        for (var n = 0; n < Logs; n++)
        {
            var answer = probes[n].ReceiveOne(TimeSpan.FromMinutes(2));
            switch (n)
            {
                case 7 or 23:
                    Assert.Equal(RedisFailureReason.WrongType, Assert.IsType<RedisStoreException>(Assert.IsType<WriteMessagesFailed>(answer).Cause).Reason);
                    break;
                case 61:
                    Assert.Equal(5, Assert.IsType<SecondWriterException>(Assert.IsType<WriteMessagesFailed>(answer).Cause).HighestSequenceNr);
                    break;
                default:
                    Assert.IsType<WriteMessagesSuccessful>(answer);
                    break;
            }
        }
        foreach (var n in (int[])[0, 6, 8, 22, 24, 60, 62, Logs - 1])
        {
            var (events, highest) = Replay(pid: Id(n));
            Assert.Equal([1, 2, 3], Numbers(events));
            Assert.Equal(3, highest);
        }
        Assert.Equal("garbage", await redis.StringGetAsync($"journal:persisted:{Id(7)}"));
        Assert.False(await redis.KeyExistsAsync($"journal:persisted:{Id(7)}:highestSequenceNr"));
        Assert.False(await redis.KeyExistsAsync($"journal:persisted:{Id(23)}"));
        Assert.False(await redis.KeyExistsAsync($"journal:persisted:{Id(61)}"));
    }
}

public sealed class GroupedAppendsOnGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : GroupedAppendsConformance(store, output), IClassFixture<GarnetFixture>;
