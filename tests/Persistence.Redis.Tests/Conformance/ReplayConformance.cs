using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Conformance;

/// <summary>What Akka.Persistence asks of a journal's replay.</summary>
public abstract class ReplayConformance : StoreTestKit
{
    protected ReplayConformance(StoreFixture store, ITestOutputHelper output)
        : base(store, output) => Write([.. Singles(1, 3), Together(4, 5)]);

    [Fact]
    public void All_events_come_in_order_as_they_were_written()
    {
        var (events, highest) = Replay();
        Assert.Equal(Range(1, 5), Numbers(events));
        Assert.Equal(5, highest);
        Assert.All(events, e =>
        {
            Assert.Equal($"a-{e.SequenceNr}", e.Payload);
            Assert.Equal(Pid, e.PersistenceId);
            Assert.Equal(Writer, e.WriterGuid);
            Assert.False(e.IsDeleted);
            Assert.InRange(new DateTime(e.Timestamp, DateTimeKind.Utc), DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow);
        });
    }

    [Theory]
    [InlineData(3, long.MaxValue, long.MaxValue, 3, 5)] // from
    [InlineData(1, 3, long.MaxValue, 1, 3)] // to
    [InlineData(1, long.MaxValue, 3, 1, 3)] // max
    [InlineData(2, 3, long.MaxValue, 2, 3)] // from and to
    [InlineData(2, 5, 2, 2, 3)] // from, to and max
    [InlineData(2, 2, long.MaxValue, 2, 2)] // one number
    [InlineData(2, 4, 1, 2, 2)] // a maximum of one
    [InlineData(0, long.MaxValue, long.MaxValue, 1, 5)] // from before the first
    public void Bounds_are_kept_and_the_highest_number_told_all_the_same(long from, long to, long max, long first, long last)
    {
        var (events, highest) = Replay(from, to, max);
        Assert.Equal(Range(first, last), Numbers(events));
        Assert.Equal(5, highest);
    }

    [Theory]
    [InlineData(2, 4, 0)] // a maximum of none
    [InlineData(3, 2, long.MaxValue)] // from above to
    [InlineData(6, long.MaxValue, long.MaxValue)] // after the last
    public void Nothing_comes_where_nothing_is_asked_for(long from, long to, long max)
    {
        var (events, highest) = Replay(from, to, max);
        Assert.Empty(events);
        Assert.Equal(5, highest);
    }

    [Fact]
    public void Who_never_wrote_has_no_events_and_the_number_0()
    {
        var (events, highest) = Replay(from: 0, pid: Pid + "-other");
        Assert.Empty(events);
        Assert.Equal(0, highest);
    }

    [Fact]
    public void Persistence_ids_that_look_alike_keep_apart()
    {
        Assert.Empty(Replay(pid: Pid[..^1]).Events);
        Assert.Empty(Replay(pid: Pid.ToUpperInvariant()).Events);
    }
}

public sealed class ReplayOnRedisSpec(RedisFixture store, ITestOutputHelper output)
    : ReplayConformance(store, output), IClassFixture<RedisFixture>;

public sealed class ReplayOnGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : ReplayConformance(store, output), IClassFixture<GarnetFixture>;
