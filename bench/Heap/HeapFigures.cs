using System.Text.Json;

namespace AkkaSockets.Heap;

/// <summary>The objects of one type: how many, and their bytes.</summary>
internal readonly record struct OfType(long Objects, long Bytes);

/// <summary>What a process holds.</summary>
/// <param name="Resident">The process's resident memory, in bytes: the managed heap, room that the collector keeps, the runtime, code, stacks.</param>
/// <param name="Types">What is reached from the roots, by type.</param>
internal sealed record HeapFigures(long Resident, IReadOnlyDictionary<string, OfType> Types)
{
    public static HeapFigures Load(string path) => JsonSerializer.Deserialize<HeapFigures>(File.ReadAllText(path)) ?? throw new HeapException($"{path} holds no figures.");

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this));

    public HeapFigures Minus(HeapFigures before)
    {
        var types = Types.Keys.Union(before.Types.Keys).ToDictionary(type => type, type =>
        {
            var (now, then) = (Types.GetValueOrDefault(type), before.Types.GetValueOrDefault(type));
            return new OfType(now.Objects - then.Objects, now.Bytes - then.Bytes);
        });
        return new HeapFigures(Resident - before.Resident, types);
    }

    /// <summary>Figures per socket: in all, and of the types with the most bytes.</summary>
    public void Print(TextWriter to, int sockets, int top)
    {
        var (bytes, objects) = (Types.Values.Sum(type => type.Bytes), Types.Values.Sum(type => type.Objects));
        to.WriteLine(FormattableString.Invariant($"{Resident / (double)sockets:N0} bytes resident, {bytes / (double)sockets:N0} of them managed and in use, in {objects / (double)sockets:N1} objects"));
        to.WriteLine();
        to.WriteLine("| bytes | objects | type |");
        to.WriteLine("|---:|---:|---|");
        foreach (var (type, of) in Types.OrderByDescending(type => type.Value.Bytes).Take(top))
            to.WriteLine(FormattableString.Invariant($"| {of.Bytes / (double)sockets:N0} | {of.Objects / (double)sockets:N2} | `{type}` |"));
    }
}
