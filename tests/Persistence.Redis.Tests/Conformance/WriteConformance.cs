using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Fsm;
using Akka.Persistence.Journal;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests.Conformance;

/// <summary>What Akka.Persistence asks of a journal's writes and deletions.</summary>
public abstract class WriteConformance(StoreFixture store, ITestOutputHelper output) : StoreTestKit(store, output, """
    akka.persistence.journal.redis {
      event-adapters.named = "AkkaSockets.Persistence.Redis.Tests.Conformance.NamedManifest, AkkaSockets.Persistence.Redis.Tests"
      event-adapter-bindings { "AkkaSockets.Persistence.Redis.Tests.Note, AkkaSockets.Persistence.Redis.Tests" = named }
    }
    """)
{
    [Fact]
    public void Events_come_back_through_their_serializers()
    {
        var letter = new Letter(Probe.Ref);
        Write(new AtomicWrite(Event(1, new Note("b"))), new AtomicWrite(Event(2, letter)));
        var (events, _) = Replay();
        Assert.Equal([new Note("b"), letter], events.Select(e => e.Payload));
    }

    [Fact]
    public void The_manifest_of_an_event_adapter_comes_back()
    {
        Write(new AtomicWrite(Event(1, new Note("b"))));
        Assert.Equal("from-adapter", Assert.Single(Replay().Events).Manifest);
    }

    [Fact]
    public void A_state_change_of_a_persistent_fsm_comes_back()
    {
        Write(new AtomicWrite(Event(1, new PersistentFSM.StateChangeEvent("on", TimeSpan.FromSeconds(3)))));
        var change = Assert.IsType<PersistentFSM.StateChangeEvent>(Assert.Single(Replay().Events).Payload);
        Assert.Equal(("on", TimeSpan.FromSeconds(3)), (change.StateIdentifier, change.Timeout));
    }

    [Fact]
    public void A_tagged_event_comes_back_as_the_event()
    {
        Write(new AtomicWrite(Event(1, new Tagged(new Note("b"), ["blue"]))));
        Assert.Equal(new Note("b"), Assert.Single(Replay().Events).Payload);
    }

    [Fact]
    public void What_cannot_be_serialised_is_rejected_and_the_rest_is_stored()
    {
        Journal.Tell(new WriteMessages(
            [new AtomicWrite(Event(1)), new AtomicWrite(Event(2, new Unstorable("b"))), new AtomicWrite(Event(3))], Probe.Ref, 1));
        Probe.ExpectMsg<WriteMessagesSuccessful>();
        Assert.Equal(1, Probe.ExpectMsg<WriteMessageSuccess>().Persistent.SequenceNr);
        var rejected = Probe.ExpectMsg<WriteMessageRejected>();
        Assert.Equal(2, rejected.Persistent.SequenceNr);
        Assert.Contains("Unstorable cannot be stored", rejected.Cause.Message);
        Assert.Equal(3, Probe.ExpectMsg<WriteMessageSuccess>().Persistent.SequenceNr);
        Assert.Equal([1, 3], Numbers(Replay().Events));
    }

    [Fact]
    public void Of_an_atomic_write_with_one_bad_event_nothing_is_stored_and_its_writer_goes_on_counting()
    {
        Journal.Tell(new WriteMessages([new AtomicWrite([Event(1), Event(2, new Unstorable("b"))])], Probe.Ref, 1));
        Probe.ExpectMsg<WriteMessagesSuccessful>();
        Probe.ExpectMsg<WriteMessageRejected>();
        Probe.ExpectMsg<WriteMessageRejected>();
        Write(Singles(3, 3));
        var (events, highest) = Replay();
        Assert.Equal([3], Numbers(events));
        Assert.Equal(3, highest);
    }

    [Fact]
    public void Several_thousand_events_are_one_atomic_write()
    {
        Write(Together(1, 5000));
        Assert.Equal(Range(1, 5000), Numbers(Replay().Events));
    }

    [Theory]
    [InlineData(3L, 4)]
    [InlineData(5L, 6)]
    [InlineData(long.MaxValue, 6)]
    public void Deleted_events_do_not_come_back_and_the_highest_number_stays(long to, int first)
    {
        Write(Singles(1, 5));
        var subscriber = CreateTestProbe();
        Sys.EventStream.Subscribe(subscriber.Ref, typeof(DeleteMessagesTo));
        Journal.Tell(new DeleteMessagesTo(Pid, to, Probe.Ref));
        Assert.Equal(to, subscriber.ExpectMsg<DeleteMessagesTo>().ToSequenceNr);
        Assert.Equal(to, Probe.ExpectMsg<DeleteMessagesSuccess>().ToSequenceNr);
        var (events, highest) = Replay(from: 0);
        Assert.Equal(Range(first, 5), Numbers(events));
        Assert.Equal(5, highest);
        Write(Singles(6, 6));
        Assert.Equal(6, Replay().Highest);
    }
}

/// <summary>Gives its events a manifest, and leaves them as they are.</summary>
public sealed class NamedManifest : IEventAdapter
{
    public string Manifest(object evt) => "from-adapter";

    public object ToJournal(object evt) => evt;

    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(evt);
}

public sealed class WriteOnRedisSpec(RedisFixture store, ITestOutputHelper output)
    : WriteConformance(store, output), IClassFixture<RedisFixture>;

public sealed class WriteOnGarnetSpec(GarnetFixture store, ITestOutputHelper output)
    : WriteConformance(store, output), IClassFixture<GarnetFixture>;
