using System.Text.RegularExpressions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>What a node wrote, all its lives together. Safe from any thread.</summary>
public sealed partial class NodeOutput
{
    private readonly Lock _gate = new();
    private readonly List<(bool IsError, string Text)> _lines = [];

    /// <summary>Everything, in the order in which it came.</summary>
    public string Text => From(0);

    public int Count
    {
        get { lock (_gate) return _lines.Count; }
    }

    public IReadOnlyList<string> StandardError => Read(line => line.IsError);

    /// <summary>Lines that only a fault writes: errors of the log, and whatever has a stack.</summary>
    public IReadOnlyList<string> Faults => Read(line => FaultLine().IsMatch(line.Text));

    /// <summary>Everything but the first <paramref name="lines"/>.</summary>
    public string From(int lines) => string.Join(Environment.NewLine, Read(_ => true).Skip(lines));

    internal void Add(bool isError, string? text)
    {
        if (text is null) return;
        lock (_gate) _lines.Add((isError, text));
    }

    private List<string> Read(Func<(bool IsError, string Text), bool> wanted)
    {
        lock (_gate) return [.. _lines.Where(wanted).Select(line => line.Text)];
    }

    [GeneratedRegex(@"^[\d:.]+ (fail|crit): |\[ERROR\]|Unhandled exception|^\s+at \w|Exception: ")]
    private static partial Regex FaultLine();
}
