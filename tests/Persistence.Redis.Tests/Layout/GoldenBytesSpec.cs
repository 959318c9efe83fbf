using Akka.Actor;
using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Layout;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using FsCheck;
using FsCheck.Fluent;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Layout;

/// <summary>The layout of Akka.Persistence.Redis, byte for byte: put together by hand from its field numbers.</summary>
public sealed class GoldenBytesSpec(RedisFixture store, ITestOutputHelper output) : StoreTestKit(store, output), IClassFixture<RedisFixture>
{
    private static readonly DateTime Time = new(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    // 0A payload (08 serializer 9001, 12 "b", 1A "N"), 10 sequenceNr 1, 1A "p", 62 "m", 6A "w", 70 timestamp in zigzag ticks.
    private const string Event1 = "0A0908A9461201621A014E" + "1001" + "1A0170" + "62016D" + "6A0177" + "708082FEABEFCF85DC11";

    // 0A "p", 10 sequenceNr 3, 1A (08 seconds, 10 nanoseconds: 123,456,700), 22 payload.
    private const string Snapshot3 = "0A0170" + "1003" + "1A0B08A5FACDAC0610BC99EF3A" + "220908A9461201621A014E";

    private PayloadCodec Payloads => new((ExtendedActorSystem)Sys);

    private IDatabase Database() => ConnectionMultiplexer.Connect(Store.ConnectionString).GetDatabase();

    [Fact]
    public void An_event_is_written_as_these_bytes_and_read_from_them()
    {
        var codec = new EventMember(Payloads);
        var written = codec.Write(new Persistent(new Note("b"), 1, "p", "m", writerGuid: "w"), Time);
        Assert.Equal(Event1, Convert.ToHexString(written));
        var read = codec.Read(Convert.FromHexString(Event1), 1, "k");
        Assert.Equal(
            (new Note("b"), 1L, "p", "m", "w", Time.Ticks, false),
            (read.Payload, read.SequenceNr, read.PersistenceId, read.Manifest, read.WriterGuid, read.Timestamp, read.IsDeleted));
    }

    [Fact]
    public void A_snapshot_is_written_as_these_bytes_and_read_from_them()
    {
        var codec = new SnapshotMember(Payloads);
        var metadata = new SnapshotMetadata("p", 3, Time.AddTicks(1_234_567));
        Assert.Equal(Snapshot3, Convert.ToHexString(codec.Write(metadata, new Note("b"))));
        var read = codec.Read(Convert.FromHexString(Snapshot3), "k");
        Assert.Equal((metadata, (object)new Note("b")), (read.Metadata, read.Snapshot));
    }

    [Fact]
    public void Events_are_the_bytes_of_the_serializer_that_the_other_package_uses()
    {
        // Starts Akka.Persistence, which brings that serializer.
        Assert.NotNull(Journal);
        var codec = new EventMember(Payloads);
        var payloads = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => (object)new Note(s.Get)),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => (object)s.Get),
            ArbMap.Default.GeneratorFor<long>().Select(n => (object)n),
            Gen.Constant((object)new Letter(TestActor)));
        var events =
            from payload in payloads
            from number in Gen.Choose(1, int.MaxValue)
            from text in ArbMap.Default.GeneratorFor<NonEmptyString>()
            select new Persistent(payload, number, $"p{text.Get.Replace('\ud800', ' ')}", "m", writerGuid: "w");
        Prop.ForAll(events.ToArbitrary(), e => Sys.Serialization.Serialize(e.WithTimestamp(Time.Ticks)).SequenceEqual(codec.Write(e, Time)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_log_and_snapshot_that_the_other_package_left_are_recovered_and_gone_on_with()
    {
        var redis = Database();
        // The second event as old versions left it: marked as deleted (20 01), with a sender (5A) that is of no use.
        var deleted = "0A0908A9461201621A014E" + "1002" + "1A0170" + "2001" + "5A0F616B6B613A2F2F732F757365722F61" + "6A0177";
        // The third by Akka's serializer for JSON: 1, no manifest.
        var third = "0A09" + "0801" + "120522686579" + "22" + "1003" + "1A0170" + "6A0177";
        await redis.KeyDeleteAsync(["journal:persisted:p", "snapshot:p"]);
        await redis.SortedSetAddAsync("journal:persisted:p",
            [new(Convert.FromHexString(Event1), 1), new(Convert.FromHexString(deleted), 2), new(Convert.FromHexString(third), 3)]);
        await redis.StringSetAsync("journal:persisted:p:highestSequenceNr", 3);
        await redis.SortedSetAddAsync("snapshot:p", Convert.FromHexString(Snapshot3), 3);

        var (events, highest) = Replay(pid: "p");
        Assert.Equal([new Note("b"), "hey"], events.Select(e => e.Payload));
        Assert.Equal(3, highest);
        SnapshotStore.Tell(new LoadSnapshot("p", SnapshotSelectionCriteria.Latest, long.MaxValue), Probe.Ref);
        Assert.Equal(new Note("b"), Probe.ExpectMsg<LoadSnapshotResult>().Snapshot.Snapshot);
        Journal.Tell(new WriteMessages([new AtomicWrite(new Persistent(new Note("c"), 4, "p", writerGuid: "w"))], Probe.Ref, 1));
        Probe.ExpectMsg<WriteMessagesSuccessful>();
    }

    [Fact]
    public async Task What_is_written_stands_at_these_keys_with_these_scores()
    {
        Write(Together(1, 2));
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(Pid, 2, Time), new Note("b")), Probe.Ref);
        Probe.ExpectMsg<SaveSnapshotSuccess>();
        var redis = Database();
        var members = await redis.SortedSetRangeByRankWithScoresAsync($"journal:persisted:{Pid}");
        Assert.Equal([1, 2], members.Select(m => m.Score));
        var first = PersistentMessage.Parser.ParseFrom((byte[])members[0].Element!);
        Assert.Equal(
            Convert.ToHexString(new EventMember(Payloads).Write(Event(1), new DateTime(first.Timestamp, DateTimeKind.Utc))),
            Convert.ToHexString((byte[])members[0].Element!));
        Assert.Equal("2", await redis.StringGetAsync($"journal:persisted:{Pid}:highestSequenceNr"));
        var snapshot = Assert.Single(await redis.SortedSetRangeByRankWithScoresAsync($"snapshot:{Pid}"));
        Assert.Equal(2, snapshot.Score);
        Assert.Equal(TimeSpan.Zero, await redis.KeyTimeToLiveAsync($"snapshot:{Pid}") ?? TimeSpan.Zero);
    }
}
