using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit;
using AkkaSockets.Persistence.Redis.Tests.Servers;
using Xunit.Abstractions;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>A system on a test's server, and one persistence id that nobody else uses.</summary>
public abstract class StoreTestKit : Akka.TestKit.Xunit2.TestKit
{
    protected StoreTestKit(StoreFixture store, ITestOutputHelper output, string hocon = "")
        : base(TestConfig.For(store.ConnectionString, hocon), "store", output)
    {
        output.WriteLine($"On {store.Name}.");
        Store = store;
        Probe = CreateTestProbe();
    }

    protected StoreFixture Store { get; }

    protected string Pid { get; } = $"p-{Guid.NewGuid():N}";

    protected string Writer { get; } = Guid.NewGuid().ToString("N");

    protected TestProbe Probe { get; }

    protected IActorRef Journal => Akka.Persistence.Persistence.Instance.Apply(Sys).JournalFor(null);

    protected IActorRef SnapshotStore => Akka.Persistence.Persistence.Instance.Apply(Sys).SnapshotStoreFor(null);

    protected Persistent Event(long sequenceNr, object? payload = null) =>
        new(payload ?? $"a-{sequenceNr}", sequenceNr, Pid, manifest: "", writerGuid: Writer);

    /// <summary>One atomic write of one event for each number.</summary>
    protected AtomicWrite[] Singles(long from, long to) =>
        [.. Range(from, to).Select(n => new AtomicWrite(Event(n)))];

    /// <summary>One atomic write of them all.</summary>
    protected AtomicWrite Together(long from, long to) =>
        new(System.Collections.Immutable.ImmutableList.CreateRange<IPersistentRepresentation>(Range(from, to).Select(n => Event(n))));

    protected void Write(params AtomicWrite[] writes)
    {
        Journal.Tell(new WriteMessages(writes, Probe.Ref, 1));
        Probe.ExpectMsg<WriteMessagesSuccessful>();
        foreach (var persistent in writes.SelectMany(w => (IEnumerable<IPersistentRepresentation>)w.Payload))
        {
            var sequenceNr = persistent.SequenceNr;
            Assert.Equal(sequenceNr, Probe.ExpectMsg<WriteMessageSuccess>().Persistent.SequenceNr);
        }
    }

    /// <summary>What a replay brings, and the highest sequence number that it ends with.</summary>
    protected (List<IPersistentRepresentation> Events, long Highest) Replay(
        long from = 1, long to = long.MaxValue, long max = long.MaxValue, string? pid = null)
    {
        var probe = CreateTestProbe();
        Journal.Tell(new ReplayMessages(from, to, max, pid ?? Pid, probe.Ref));
        var events = new List<IPersistentRepresentation>();
        while (true)
        {
            switch (probe.ReceiveOne(TimeSpan.FromMinutes(2)))
            {
                case ReplayedMessage replayed:
                    events.Add(replayed.Persistent);
                    break;
                case RecoverySuccess success:
                    return (events, success.HighestSequenceNr);
                case var other:
                    throw new InvalidOperationException($"The replay ended with {other}");
            }
        }
    }

    protected static IEnumerable<long> Numbers(List<IPersistentRepresentation> events) => events.Select(e => e.SequenceNr);

    protected static IEnumerable<long> Range(long from, long to) => Enumerable.Range((int)from, (int)(to - from + 1)).Select(n => (long)n);
}
