using System.Collections.Concurrent;
using System.Collections.Immutable;
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
public sealed class FaultyJournal : MemoryJournal
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

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        if (Faults.GetValueOrDefault(persistenceId, (Fault)(-1)) == Fault.RefuseReads) throw new IOException("the store is down");
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);
    }

    protected override async Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        var id = writes[0].PersistenceId;
        if (Gates.TryGetValue(id, out var gate)) await gate.Task.WaitAsync(cancellationToken);
        var fault = Faults.GetValueOrDefault(id, (Fault)(-1));
        if (fault == Fault.RefuseWrites) throw new IOException("the store is down");
        var result = await base.WriteMessagesAsync(writes, cancellationToken);
        Written.AddOrUpdate(id, writes.Sum(w => w.Size), (_, n) => n + writes.Sum(w => w.Size));
        if (fault == Fault.StoreAndFail) throw new IOException("the answer was lost");
        return result;
    }
}
