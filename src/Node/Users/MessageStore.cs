using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Users;

/// <summary>The messages a log keeps: a run of seqs without holes, oldest first.</summary>
internal sealed class MessageStore
{
    private readonly List<LogMessage> _kept = [];

    public long Head { get; private set; }

    public long First { get; private set; } = 1;

    /// <summary>Data bytes kept.</summary>
    public long Bytes { get; private set; }

    public void Append(LogMessage message)
    {
        _kept.Add(message);
        Bytes += message.Data.Length;
        Head = message.Seq;
    }

    public void TrimTo(long first)
    {
        var gone = (int)Math.Clamp(first - First, 0, _kept.Count);
        for (var i = 0; i < gone; i++) Bytes -= _kept[i].Data.Length;
        _kept.RemoveRange(0, gone);
        First = Math.Max(First, first);
    }

    /// <summary>
    /// The oldest seq that count, bytes and age allow, when a message of <paramref name="appendedBytes"/> is about to be added. That
    /// message itself is never counted out.
    /// </summary>
    public long FirstWithin(RetentionOptions retention, long now, int? appendedBytes)
    {
        var count = _kept.Count + (appendedBytes is null ? 0 : 1);
        var bytes = Bytes + (appendedBytes ?? 0);
        var drop = 0;
        while (drop < _kept.Count
            && (count - drop > retention.Messages || bytes > retention.Bytes || _kept[drop].Timestamp < now - retention.AgeMs))
        {
            bytes -= _kept[drop].Data.Length;
            drop++;
        }
        return First + drop;
    }

    public IReadOnlyList<LogMessage> Read(long after, int maxBytes)
    {
        var start = (int)Math.Clamp(after + 1 - First, 0, _kept.Count);
        var (end, bytes) = (start, 0L);
        while (end < _kept.Count && (end == start || bytes + _kept[end].Data.Length <= maxBytes)) bytes += _kept[end++].Data.Length;
        return _kept.GetRange(start, end - start);
    }

    public IReadOnlyList<LogMessage> All() => [.. _kept];

    public void Restore(long head, long first, IReadOnlyList<LogMessage> messages)
    {
        _kept.Clear();
        Bytes = 0;
        foreach (var message in messages) Append(message);
        (Head, First) = (head, first);
    }
}
