using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AkkaSockets.Node.Tests.Lifecycle.Health;

public enum JournalFault
{
    Fails = 1,
    IsSilent = 2,
}

/// <summary>An in-memory journal whose reads fail, or never end, where a test says so of its actor system.</summary>
public sealed class FlakyJournal : MemoryJournal
{
    private static readonly ConcurrentDictionary<string, int> ReadCounts = new();

    public static ConcurrentDictionary<string, JournalFault> Faults { get; } = new();

    public static int Writes { get; private set; }

    public static int Reads(string system) => ReadCounts.GetValueOrDefault(system);

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        var system = Context.System.Name;
        ReadCounts.AddOrUpdate(system, 1, (_, count) => count + 1);
        if (Faults.TryGetValue(system, out var fault))
        {
            if (fault == JournalFault.Fails) throw new IOException("The store is away.");
            await new TaskCompletionSource().Task;
        }
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);
    }

    protected override Task<IImmutableList<Exception?>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        Writes++;
        return base.WriteMessagesAsync(messages, cancellationToken)!;
    }
}
