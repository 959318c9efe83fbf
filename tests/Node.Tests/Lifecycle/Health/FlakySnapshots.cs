using System.Collections.Concurrent;
using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace AkkaSockets.Node.Tests.Lifecycle.Health;

/// <summary>An in-memory snapshot store that is full, or never answers a save, where a test says so of its actor system.</summary>
public sealed class FlakySnapshots : MemorySnapshotStore
{
    private static readonly ConcurrentDictionary<string, int> SaveCounts = new();

    public static ConcurrentDictionary<string, bool> Full { get; } = new();

    public static ConcurrentDictionary<string, bool> Silent { get; } = new();

    public static int Saves(string system) => SaveCounts.GetValueOrDefault(system);

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken)
    {
        var system = Context.System.Name;
        SaveCounts.AddOrUpdate(system, 1, (_, count) => count + 1);
        if (Silent.ContainsKey(system)) return new TaskCompletionSource().Task;
        return Full.ContainsKey(system) ? throw new IOException("The store is full.") : base.SaveAsync(metadata, snapshot, cancellationToken);
    }
}
