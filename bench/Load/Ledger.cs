namespace AkkaSockets.Load;

/// <summary>
/// What was acknowledged and what came. The promise: each acknowledged message comes once and in order, at the seq that the acknowledgement said; every other
/// one once or not at all.
/// </summary>
internal sealed class Ledger
{
    private readonly Page[] _pages;
    private long _acknowledged, _unacknowledged, _received, _duplicated, _reordered, _outstanding, _ephemeral;

    /// <param name="receivers">How many there are; they are known by their numbers from 0.</param>
    public Ledger(int receivers) => _pages = [.. Enumerable.Range(0, receivers).Select(_ => new Page())];

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Sends that nobody acknowledged in time.</summary>
    public long Unacknowledged => Interlocked.Read(ref _unacknowledged);

    /// <summary>Those of <see cref="Unacknowledged"/> that came all the same.</summary>
    public long UnacknowledgedReceived => _pages.Sum(page => page.Count(entry => entry is { IsUnacknowledged: true, Received: not null }));

    /// <summary>Durable messages that came, each copy.</summary>
    public long Received => Interlocked.Read(ref _received);

    public long Ephemeral => Interlocked.Read(ref _ephemeral);

    public long Duplicated => Interlocked.Read(ref _duplicated);

    /// <summary>Came behind a later one, or at another seq than acknowledged, or has a seq below that of what its sender sent that receiver before.</summary>
    public long Reordered => Interlocked.Read(ref _reordered) + _pages.Sum(page => page.Overtaken());

    /// <summary>Acknowledged, and has not come.</summary>
    public long Outstanding => Interlocked.Read(ref _outstanding);

    /// <param name="sender">Whose order counts, and <paramref name="number"/> its place in that; null where several of one sender are under way at a time.</param>
    public void Acknowledge(int receiver, string id, long seq, int? sender = null, long number = 0)
    {
        var page = _pages[receiver];
        lock (page)
        {
            var entry = page.Of(id);
            (entry.Acknowledged, entry.Sender, entry.Number) = (seq, sender, number);
            Interlocked.Increment(ref _acknowledged);
            if (entry.Received is null) Interlocked.Increment(ref _outstanding);
            else if (entry.Received != seq) Interlocked.Increment(ref _reordered);
        }
    }

    public void GiveUp(int receiver, string id)
    {
        Interlocked.Increment(ref _unacknowledged);
        var page = _pages[receiver];
        lock (page) page.Of(id).IsUnacknowledged = true;
    }

    /// <summary>Only one thread at a time receives for one receiver.</summary>
    public void Receive(int receiver, long? seq, string? id)
    {
        if (seq is null)
        {
            Interlocked.Increment(ref _ephemeral);
            return;
        }
        Interlocked.Increment(ref _received);
        var page = _pages[receiver];
        lock (page)
        {
            var entry = page.Of(id ?? $"#{seq}");
            if (entry.Received is not null)
            {
                Interlocked.Increment(ref _duplicated);
                return;
            }
            entry.Received = seq;
            if (entry.Acknowledged is not null) Interlocked.Decrement(ref _outstanding);
            if (seq <= page.LastSeq || (entry.Acknowledged ?? seq) != seq) Interlocked.Increment(ref _reordered);
            page.LastSeq = seq.Value;
        }
    }

    private sealed class Entry
    {
        public long? Acknowledged;
        public long? Received;
        public bool IsUnacknowledged;
        public int? Sender;
        public long Number;
    }

    /// <summary>One receiver's part.</summary>
    private sealed class Page
    {
        private readonly Dictionary<string, Entry> _entries = [];

        public long LastSeq { get; set; }

        public Entry Of(string id)
        {
            if (!_entries.TryGetValue(id, out var entry)) _entries[id] = entry = new Entry();
            return entry;
        }

        public int Count(Func<Entry, bool> wanted)
        {
            lock (this) return _entries.Values.Count(wanted);
        }

        /// <summary>Acknowledged messages that stand in the log before what their sender sent earlier.</summary>
        public int Overtaken()
        {
            lock (this)
            {
                return _entries.Values.Where(entry => entry is { Sender: not null, Acknowledged: not null }).GroupBy(entry => entry.Sender).Sum(sent =>
                {
                    var (last, overtaken) = (0L, 0);
                    foreach (var entry in sent.OrderBy(entry => entry.Number))
                    {
                        if (entry.Acknowledged < last) overtaken++;
                        last = Math.Max(last, entry.Acknowledged!.Value);
                    }
                    return overtaken;
                });
            }
        }
    }
}
