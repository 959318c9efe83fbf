using System.Collections.Concurrent;
using Akka.Actor;
using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Node.Membership;

/// <summary>
/// What each node last said of itself. Kept by <see cref="NodeReportsActor"/>, read from any thread; about a second old.
/// </summary>
/// <param name="self">This node's own report, as of now.</param>
public sealed class NodeDirectory(Func<NodeReport> self, TimeProvider time)
{
    // A few reports may be lost or late; a node that missed all of these is better not recommended.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Address, Entry> _others = new();
    private int _sentHere;

    private sealed record Entry(NodeReport Report, long At)
    {
        // Whoever was sent there is not among its sockets yet: without this, all who ask within a second would be sent to one node.
        public int Sent;
    }

    public NodeReport Self => self();

    /// <summary>Another node's last report; null where there is none, or none of late.</summary>
    public NodeReport? Of(Address node) => _others.TryGetValue(node, out var entry) && IsFresh(entry) ? entry.Report : null;

    /// <summary>The advertised URL of a node that takes sockets, by its name; else null.</summary>
    public string? UrlOf(string node) =>
        All().FirstOrDefault(one => one.Report.Node == node && one.Report.TakesSockets && one.Report.Url is not null).Report?.Url;

    /// <summary>The advertised URL of the node with the fewest sockets, those that take some first; null where none advertises any.</summary>
    public string? TakeLeastLoadedUrl()
    {
        var least = All()
            .Where(one => one.Report.Url is not null)
            .OrderByDescending(one => one.Report.TakesSockets)
            .ThenBy(one => (long)one.Report.Sockets + one.Sent)
            .ThenBy(one => one.Report.Node, StringComparer.Ordinal)
            .FirstOrDefault();
        if (least.Report is null) return null;
        if (least.Entry is null) Interlocked.Increment(ref _sentHere);
        else Interlocked.Increment(ref least.Entry.Sent);
        return least.Report.Url;
    }

    internal void Hear(Address from, NodeReport report) => _others[from] = new Entry(report, time.GetTimestamp());

    /// <summary>A second has passed: forgets who is no member any more, and whom it sent here.</summary>
    internal void Tick(IReadOnlySet<Address> members)
    {
        _sentHere = 0;
        foreach (var gone in _others.Keys.Where(address => !members.Contains(address))) _others.TryRemove(gone, out _);
    }

    private IEnumerable<(NodeReport Report, int Sent, Entry? Entry)> All() =>
        _others.Values.Where(IsFresh).Select(entry => (entry.Report, entry.Sent, (Entry?)entry)).Prepend((self(), _sentHere, null));

    private bool IsFresh(Entry entry) => time.GetElapsedTime(entry.At) < Fresh;
}
