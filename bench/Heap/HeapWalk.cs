using System.Diagnostics;
using Microsoft.Diagnostics.Runtime;

namespace AkkaSockets.Heap;

/// <summary>Reads another process's managed heap.</summary>
internal static class HeapWalk
{
    /// <exception cref="HeapException">The process can't be read, or its heap is in the middle of a collection.</exception>
    public static HeapFigures Of(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            var resident = process.WorkingSet64;
            using var target = DataTarget.AttachToProcess(pid, suspend: true);
            var version = target.ClrVersions.FirstOrDefault() ?? throw new HeapException($"Process {pid} does not run .NET.");
            var reader = Path.Combine(Path.GetDirectoryName(version.ModuleInfo.FileName) ?? "", "libmscordaccore.so");
            // The library that knows the heap comes with .NET, beside the runtime that it is for; by itself it is not found everywhere, nor the version told.
            using var runtime = File.Exists(reader) ? version.CreateRuntime(reader, ignoreMismatch: true) : version.CreateRuntime();
            if (!runtime.Heap.CanWalkHeap) throw new HeapException($"Process {pid} was stopped in the middle of a collection. Try again.");
            return new HeapFigures(resident, Reached(runtime.Heap));
        }
        catch (Exception e) when (e is ClrDiagnosticsException or ArgumentException or FileNotFoundException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw new HeapException($"Process {pid} can't be read: {e.Message}");
        }
    }

    private static Dictionary<string, OfType> Reached(ClrHeap heap)
    {
        var seen = new HashSet<ulong>();
        var open = new Stack<ClrObject>();
        foreach (var root in heap.EnumerateRoots()) Add(root.Object);
        var types = new Dictionary<string, OfType>();
        while (open.TryPop(out var next))
        {
            var name = next.Type!.Name ?? "?";
            var sum = types.GetValueOrDefault(name);
            types[name] = new OfType(sum.Objects + 1, sum.Bytes + (long)next.Size);
            foreach (var reference in next.EnumerateReferences(carefully: false, considerDependantHandles: true)) Add(reference);
        }
        return types;

        void Add(ClrObject found)
        {
            if (found.IsValid && seen.Add(found.Address)) open.Push(found);
        }
    }
}

/// <summary>What keeps a walk from being made, in words for whoever asked.</summary>
internal sealed class HeapException(string message) : Exception(message);
