using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AkkaSockets.Cluster.Tests;

/// <summary>
/// A journal that all members of a test's cluster write to, as they would to one Redis: events are kept as bytes, and a sequence number is taken
/// once, so that two incarnations of a user can't both write.
/// </summary>
public sealed class SharedJournal(Config config) : AsyncWriteJournal
{
    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<string, SortedList<long, Stored>>> Stores = new();
    private static readonly ConcurrentDictionary<string, RecoveryGate> Gates = new();
    private readonly RecoveryGate _gate = GateOf(config.GetString("store"));
    private readonly ConcurrentDictionary<string, SortedList<long, Stored>> _logs = Stores.GetOrAdd(config.GetString("store"), _ => new());

    private sealed record Stored(int Serializer, string Manifest, byte[] Bytes);

    public static void Drop(string store)
    {
        Stores.TryRemove(store, out _);
        Gates.TryRemove(store, out _);
    }

    internal static RecoveryGate GateOf(string store) => Gates.GetOrAdd(store, _ => new RecoveryGate());

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        var log = LogOf(persistenceId);
        lock (log) return Task.FromResult(log.Count == 0 ? 0 : log.Keys[^1]);
    }

    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        var (log, serialization) = (LogOf(persistenceId), Context.System.Serialization);
        return _gate.PassAsync(() =>
        {
            List<KeyValuePair<long, Stored>> events;
            lock (log) events = [.. log.Where(e => e.Key >= fromSequenceNr && e.Key <= toSequenceNr).Take((int)Math.Min(max, int.MaxValue))];
            foreach (var (seq, stored) in events)
                recoveryCallback(new Persistent(serialization.Deserialize(stored.Bytes, stored.Serializer, stored.Manifest), seq, persistenceId));
        });
    }

    protected override Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        foreach (var write in messages)
        {
            var log = LogOf(write.PersistenceId);
            lock (log)
            {
                foreach (var e in (IImmutableList<IPersistentRepresentation>)write.Payload)
                {
                    if (log.ContainsKey(e.SequenceNr)) throw new InvalidOperationException($"{e.PersistenceId} has a second writer at {e.SequenceNr}");
                    var serializer = Context.System.Serialization.FindSerializerFor(e.Payload);
                    log.Add(e.SequenceNr, new Stored(serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, e.Payload), serializer.ToBinary(e.Payload)));
                }
            }
        }
        return Task.FromResult<IImmutableList<Exception>?>(null);
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken) => Task.CompletedTask;

    private SortedList<long, Stored> LogOf(string persistenceId) => _logs.GetOrAdd(persistenceId, _ => []);
}
