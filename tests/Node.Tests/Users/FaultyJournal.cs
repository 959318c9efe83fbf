using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>What a <see cref="FaultyJournal"/> does wrong for one persistence id.</summary>
public enum Fault
{
    RefuseWrites,

    /// <summary>The write is stored, and its answer lost: the worst that a store can do.</summary>
    StoreAndFail,
    RefuseReads,
}

/// <summary>A journal in memory whose faults a test switches on and off.</summary>
public sealed class FaultyJournal : AsyncWriteJournal
{
    public const string Hocon = """
        akka.persistence.journal.plugin = "akka.persistence.journal.faulty"
        akka.persistence.journal.faulty {
          class = "AkkaSockets.Node.Tests.Users.FaultyJournal, AkkaSockets.Node.Tests"
          recovery-event-timeout = 5s
          circuit-breaker { max-failures = 1000, call-timeout = 5s, reset-timeout = 100ms }
        }
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """;

    public static ConcurrentDictionary<string, Fault> Faults { get; } = new();

    /// <summary>Writes of an id wait for its source here.</summary>
    public static ConcurrentDictionary<string, TaskCompletionSource> Gates { get; } = new();

    /// <summary>Events written, by persistence id.</summary>
    public static ConcurrentDictionary<string, int> Written { get; } = new();

    /// <summary>How many of an id's newest events are gone when it is next read: once.</summary>
    public static ConcurrentDictionary<string, int> Lost { get; } = new();

    private readonly ConcurrentDictionary<string, List<IPersistentRepresentation>> _events = new();
    private readonly ConcurrentDictionary<string, long> _deletedTo = new();

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        if (Faults.GetValueOrDefault(persistenceId, (Fault)(-1)) == Fault.RefuseReads) return Task.FromException<long>(new IOException("the store is down"));
        if (Lost.TryRemove(persistenceId, out var lost)) EventsOf(persistenceId).RemoveRange(EventsOf(persistenceId).Count - lost, lost);
        return Task.FromResult(EventsOf(persistenceId) is [.., var newest] ? newest.SequenceNr : _deletedTo.GetValueOrDefault(persistenceId));
    }

    protected override async Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        var id = writes[0].PersistenceId;
        if (Gates.TryGetValue(id, out var gate)) await gate.Task.WaitAsync(cancellationToken);
        var fault = Faults.GetValueOrDefault(id, (Fault)(-1));
        if (fault == Fault.RefuseWrites) throw new IOException("the store is down");
        foreach (var write in writes) EventsOf(id).AddRange((IEnumerable<IPersistentRepresentation>)write.Payload);
        Written.AddOrUpdate(id, writes.Sum(w => w.Size), (_, n) => n + writes.Sum(w => w.Size));
        if (fault == Fault.StoreAndFail) throw new IOException("the answer was lost");
        return null;
    }

    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        foreach (var stored in EventsOf(persistenceId).Where(e => e.SequenceNr >= fromSequenceNr && e.SequenceNr <= toSequenceNr).Take((int)Math.Min(max, int.MaxValue)).ToList()) recoveryCallback(stored);
        return Task.CompletedTask;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken)
    {
        EventsOf(persistenceId).RemoveAll(e => e.SequenceNr <= toSequenceNr);
        _deletedTo[persistenceId] = toSequenceNr;
        return Task.CompletedTask;
    }

    private List<IPersistentRepresentation> EventsOf(string persistenceId) => _events.GetOrAdd(persistenceId, static _ => []);
}
