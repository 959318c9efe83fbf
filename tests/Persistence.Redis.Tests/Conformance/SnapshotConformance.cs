using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Fsm;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Conformance;

/// <summary>What Akka.Persistence asks of a snapshot store.</summary>
public abstract class SnapshotConformance : StoreTestKit
{
    private readonly SnapshotMetadata[] _saved;

    protected SnapshotConformance(StoreFixture store, ITestOutputHelper output)
        : base(store, output) => _saved = [.. Range(11, 15).Select(n => Save(n, $"s-{n}"))];

    private SnapshotMetadata Save(long sequenceNr, object snapshot)
    {
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(Pid, sequenceNr, DateTime.MinValue), snapshot), Probe.Ref);
        return Probe.ExpectMsg<SaveSnapshotSuccess>().Metadata;
    }

    private SelectedSnapshot? Load(SnapshotSelectionCriteria criteria, long to = long.MaxValue, string? pid = null)
    {
        SnapshotStore.Tell(new LoadSnapshot(pid ?? Pid, criteria, to), Probe.Ref);
        var result = Probe.ExpectMsg<LoadSnapshotResult>();
        Assert.Equal(to, result.ToSequenceNr);
        return result.Snapshot;
    }

    private static void Is(SnapshotMetadata expected, SelectedSnapshot? found)
    {
        Assert.Equal(expected, found?.Metadata);
        Assert.Equal($"s-{expected.SequenceNr}", found?.Snapshot);
    }

    [Fact]
    public void Nothing_is_loaded_for_an_id_that_has_none() => Assert.Null(Load(SnapshotSelectionCriteria.Latest, pid: Pid + "-other"));

    [Fact]
    public void Nothing_is_loaded_outside_of_the_bounds()
    {
        Assert.Null(Load(new SnapshotSelectionCriteria(long.MaxValue, new DateTime(100_000, DateTimeKind.Utc))));
        Assert.Null(Load(new SnapshotSelectionCriteria(7)));
        Assert.Null(Load(SnapshotSelectionCriteria.Latest, to: 7));
        Assert.Null(Load(new SnapshotSelectionCriteria(long.MaxValue, DateTime.MaxValue, minSequenceNr: 16)));
        Assert.Null(Load(new SnapshotSelectionCriteria(long.MaxValue, DateTime.MaxValue, 0, minTimestamp: DateTime.UtcNow.AddDays(1))));
        Assert.Null(Load(SnapshotSelectionCriteria.None));
    }

    [Fact]
    public void The_newest_is_loaded() => Is(_saved[4], Load(SnapshotSelectionCriteria.Latest));

    [Fact]
    public void The_newest_up_to_a_sequence_number_is_loaded()
    {
        Is(_saved[2], Load(new SnapshotSelectionCriteria(13)));
        Is(_saved[2], Load(SnapshotSelectionCriteria.Latest, to: 13));
    }

    [Fact]
    public void The_newest_up_to_a_sequence_number_and_a_time_is_loaded()
    {
        Is(_saved[2], Load(new SnapshotSelectionCriteria(13, _saved[2].Timestamp)));
        Is(_saved[2], Load(new SnapshotSelectionCriteria(long.MaxValue, _saved[2].Timestamp)));
        Is(_saved[2], Load(new SnapshotSelectionCriteria(long.MaxValue, _saved[2].Timestamp), to: 13));
        Is(_saved[1], Load(new SnapshotSelectionCriteria(14, _saved[2].Timestamp.AddTicks(-1))));
    }

    [Fact]
    public void One_is_deleted_by_its_sequence_number_whatever_its_time()
    {
        var command = new DeleteSnapshot(new SnapshotMetadata(Pid, 13, DateTime.MinValue));
        Sys.EventStream.Subscribe(TestActor, typeof(DeleteSnapshot));
        SnapshotStore.Tell(command, Probe.Ref);
        ExpectMsg(command);
        Probe.ExpectMsg<DeleteSnapshotSuccess>();
        Is(_saved[1], Load(new SnapshotSelectionCriteria(13)));
        Is(_saved[4], Load(SnapshotSelectionCriteria.Latest));
    }

    [Fact]
    public void One_that_is_younger_than_the_deletion_says_stays()
    {
        SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(Pid, 13, _saved[2].Timestamp.AddTicks(-1))), Probe.Ref);
        Probe.ExpectMsg<DeleteSnapshotSuccess>();
        Is(_saved[2], Load(new SnapshotSelectionCriteria(13)));
        SnapshotStore.Tell(new DeleteSnapshot(_saved[2]), Probe.Ref);
        Probe.ExpectMsg<DeleteSnapshotSuccess>();
        Is(_saved[1], Load(new SnapshotSelectionCriteria(13)));
    }

    [Fact]
    public void All_up_to_a_sequence_number_and_a_time_are_deleted()
    {
        var criteria = new SnapshotSelectionCriteria(13, _saved[2].Timestamp);
        Sys.EventStream.Subscribe(TestActor, typeof(DeleteSnapshots));
        SnapshotStore.Tell(new DeleteSnapshots(Pid, criteria), Probe.Ref);
        ExpectMsg(new DeleteSnapshots(Pid, criteria));
        Assert.Equal(criteria, Probe.ExpectMsg<DeleteSnapshotsSuccess>().Criteria);
        Assert.Null(Load(criteria));
        Is(_saved[3], Load(new SnapshotSelectionCriteria(14, _saved[3].Timestamp)));
    }

    [Fact]
    public void Those_within_a_range_of_sequence_numbers_are_deleted()
    {
        SnapshotStore.Tell(new DeleteSnapshots(Pid, new SnapshotSelectionCriteria(14, DateTime.MaxValue, minSequenceNr: 12)), Probe.Ref);
        Probe.ExpectMsg<DeleteSnapshotsSuccess>();
        Is(_saved[0], Load(new SnapshotSelectionCriteria(14)));
        Is(_saved[4], Load(SnapshotSelectionCriteria.Latest));
    }

    [Fact]
    public void Those_younger_than_the_deletion_says_stay()
    {
        SnapshotStore.Tell(new DeleteSnapshots(Pid, new SnapshotSelectionCriteria(14, _saved[3].Timestamp.AddTicks(-1))), Probe.Ref);
        Probe.ExpectMsg<DeleteSnapshotsSuccess>();
        Is(_saved[3], Load(new SnapshotSelectionCriteria(14, _saved[3].Timestamp)));
    }

    [Fact]
    public void One_takes_the_place_of_another_with_its_sequence_number()
    {
        Save(15, "again");
        Assert.Equal("again", Load(SnapshotSelectionCriteria.Latest)?.Snapshot);
    }

    [Fact]
    public void Of_many_sent_at_once_with_one_sequence_number_the_last_stays()
    {
        foreach (var n in Range(1, 200))
            SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(Pid, 20, DateTime.MinValue), $"at-once-{n}"), Probe.Ref);
        foreach (var _ in Range(1, 200)) Probe.ExpectMsg<SaveSnapshotSuccess>();
        Assert.Equal("at-once-200", Load(SnapshotSelectionCriteria.Latest)?.Snapshot);
    }

    public static TheoryData<object> Snapshots => new()
    {
        new Note("b"),
        new byte[100_000],
        new AtLeastOnceDeliverySnapshot(17, [new UnconfirmedDelivery(1, ActorPath.Parse("akka://s/user/a"), "b")]),
        new AtLeastOnceDeliverySnapshot(13, []),
        new PersistentFSM.PersistentFSMSnapshot<string>("on", "b", TimeSpan.FromDays(4)),
    };

    [Theory]
    [MemberData(nameof(Snapshots), DisableDiscoveryEnumeration = true)]
    public void Snapshots_come_back_through_their_serializers(object snapshot)
    {
        Save(100, snapshot);
        Assert.Equal(snapshot, Load(SnapshotSelectionCriteria.Latest)?.Snapshot);
    }

    [Fact]
    public void The_address_in_a_snapshot_comes_back()
    {
        Save(100, new Letter(Probe.Ref));
        Assert.Equal(new Letter(Probe.Ref), Load(SnapshotSelectionCriteria.Latest)?.Snapshot);
    }

    [Fact]
    public void What_cannot_be_serialised_is_not_saved()
    {
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(Pid, 16, DateTime.MinValue), new Unstorable("b")), Probe.Ref);
        Assert.Contains("Unstorable cannot be stored", Probe.ExpectMsg<SaveSnapshotFailure>().Cause.Message);
        Is(_saved[4], Load(SnapshotSelectionCriteria.Latest));
    }
}

public sealed class SnapshotsOnRedisSpec(RedisFixture store, ITestOutputHelper output)
    : SnapshotConformance(store, output), IClassFixture<RedisFixture>;

public sealed class SnapshotsOnGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : SnapshotConformance(store, output), IClassFixture<GarnetFixture>;
