using System.Diagnostics.CodeAnalysis;

namespace AkkaSockets.Client.Sending;

/// <summary>
/// Which durable send may be written now. One line per target, of which only the first is ever on its way: so neither a
/// retry nor a new socket can make one overtake another. Lines move side by side, at most <paramref name="window"/> of them
/// at a time, which bounds what has to be said again on a new socket. No clock, no I/O; callers serialise.
/// </summary>
internal sealed class PendingSends(int window)
{
    private enum LineState
    {
        Runnable,
        OnItsWay,
        Waiting,
    }

    private readonly Dictionary<string, PendingSend> byId = [];
    private readonly Dictionary<string, Line> lines = [];
    private readonly Queue<Line> runnable = new();
    private int onTheirWay;

    public int Count => byId.Count;

    public IEnumerable<PendingSend> All => byId.Values;

    /// <summary>Sends that were written and not answered.</summary>
    public IEnumerable<PendingSend> OnTheirWay =>
        lines.Values.Where(line => line.State == LineState.OnItsWay).Select(line => line.Sends.First!.Value);

    /// <summary>False when a send with this id is unanswered.</summary>
    public bool TryAdd(PendingSend send)
    {
        if (!byId.TryAdd(send.Id, send)) return false;
        if (!lines.TryGetValue(send.Target, out var line))
        {
            lines[send.Target] = line = new Line(send.Target);
            runnable.Enqueue(line);
        }

        line.Sends.AddLast(send);
        return true;
    }

    public bool TryGet(string id, [NotNullWhen(true)] out PendingSend? send) => byId.TryGetValue(id, out send);

    /// <summary>The next send to write, which is on its way from now on.</summary>
    public bool TryNext([NotNullWhen(true)] out PendingSend? next)
    {
        while (onTheirWay < window && runnable.TryDequeue(out var line))
        {
            if (line.Sends.First is { } first)
            {
                line.State = LineState.OnItsWay;
                onTheirWay++;
                next = first.Value;
                return true;
            }

            lines.Remove(line.Target);
        }

        next = null;
        return false;
    }

    /// <summary>It was answered, or given up by its caller. The next one in its line may go.</summary>
    public void Remove(PendingSend send)
    {
        if (!byId.Remove(send.Id)) return;
        send.Done = true;
        var line = lines[send.Target];
        var wasFirst = line.Sends.First!.Value == send;
        line.Sends.Remove(send);
        if (wasFirst && line.State != LineState.Runnable) MakeRunnable(line);
    }

    /// <summary>The server asked to repeat it later: its line stands still until <see cref="Repeat"/>.</summary>
    public void Hold(PendingSend send)
    {
        if (send.Done || lines[send.Target] is not { State: LineState.OnItsWay } line) return;
        line.State = LineState.Waiting;
        onTheirWay--;
    }

    public void Repeat(PendingSend send)
    {
        if (!send.Done && lines[send.Target] is { State: LineState.Waiting } line) MakeRunnable(line);
    }

    /// <summary>What was on its way may not have arrived: all of it is to be written again, to a new socket.</summary>
    public void RepeatAll()
    {
        foreach (var line in lines.Values)
        {
            if (line.State == LineState.OnItsWay) MakeRunnable(line);
        }
    }

    private void MakeRunnable(Line line)
    {
        if (line.State == LineState.OnItsWay) onTheirWay--;
        line.State = LineState.Runnable;
        runnable.Enqueue(line);
    }

    private sealed class Line(string target)
    {
        public string Target => target;
        public LinkedList<PendingSend> Sends { get; } = new();
        public LineState State { get; set; } = LineState.Runnable;
    }
}
