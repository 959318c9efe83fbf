using AkkaSockets.Client.Frames;

namespace AkkaSockets.Client.Receiving;

internal enum Verdict
{
    /// <summary>The next one: hand it on.</summary>
    Deliver,

    /// <summary>Seen before, or from a log that is gone.</summary>
    Duplicate,

    /// <summary>Something before it is missing.</summary>
    Hole,
}

internal readonly record struct Adopted(GapEventArgs? Gap, PositionResetEventArgs? Reset);

/// <summary>
/// What this client has seen, whatever socket brought it: decides of each message whether it is next. Two sockets may bring
/// the same messages while one takes over from the other; each of them is contiguous, so the later one fills no holes and
/// makes none.
/// </summary>
internal sealed class PositionTracker(Position? start)
{
    public Position? Current { get; private set; } = start;

    /// <summary>Takes a <c>ready</c> in. The position never goes back within an epoch.</summary>
    public Adopted Ready(ReadyFrame ready)
    {
        var before = Current;
        var oldest = ready.Gap ? Math.Max(ready.Seq, ready.First - 1) : ready.Seq;
        if (before is not { } known || known.Epoch != ready.Epoch)
        {
            Current = new Position(ready.Epoch, oldest);
            return new Adopted(
                oldest > ready.Seq ? new GapEventArgs(ready.Seq, ready.First) : null,
                before is { } previous ? new PositionResetEventArgs(previous, Current.Value) : null);
        }

        // While the socket was being opened the old one may have brought what the new one calls lost. And a server that
        // resumed counts from what was asked: only a new start (not resumed) or a told gap may leave something out.
        if ((!ready.Gap && ready.Resumed) || oldest <= known.Seq) return default;
        Current = known with { Seq = oldest };
        return new Adopted(new GapEventArgs(known.Seq, oldest + 1), null);
    }

    /// <summary>Judges a message, and counts it as seen if it is next.</summary>
    public Verdict Take(string epoch, long seq)
    {
        if (Current is not { } known || known.Epoch != epoch || seq <= known.Seq) return Verdict.Duplicate;
        if (seq != known.Seq + 1) return Verdict.Hole;
        Current = known with { Seq = seq };
        return Verdict.Deliver;
    }
}
