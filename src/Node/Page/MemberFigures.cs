using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Node.Page;

/// <summary>What one member said of itself, and how fast its totals grow.</summary>
/// <param name="knownSince">When it was first heard of.</param>
internal sealed class MemberFigures(DateTimeOffset knownSince)
{
    // Long enough to be calm, short enough to show what happens now.
    private static readonly TimeSpan RatesOver = TimeSpan.FromSeconds(5);

    private readonly Queue<(DateTimeOffset At, MemberActivity Activity)> _totals = new();
    private MemberStatus? _last;
    private DateTimeOffset _heardAt = knownSince;

    public void Take(MemberStatus status, DateTimeOffset at)
    {
        // Another process under the same name counts from nothing.
        if (_last is { } last && last.StartedAt != status.StartedAt) _totals.Clear();
        (_last, _heardAt) = (status, at);
        if (status.Activity is not { } activity) return;
        _totals.Enqueue((at, activity));
        while (_totals.Count > 2 && at - _totals.Peek().At > RatesOver) _totals.Dequeue();
    }

    public PageMember Describe(SeenMember member, int shards, int planned, TimeSpan silentAfter, DateTimeOffset now)
    {
        var silent = now - _heardAt;
        return new PageMember(
            member.Node, member.Address, member.Status, member.IsReachable, member.CarriesUsers, member.IsSelf, member.IsDraining || _last is { IsDraining: true },
            _last?.State, silent > silentAfter ? (long)silent.TotalMilliseconds : null, shards, planned,
            _last?.Users, _last?.Sockets, _last?.StartedAt, _last?.Version, _last?.MemoryBytes,
            _last?.Activity?.DrainEndsAt, _last?.Activity?.ReconnectsPending, _last?.Activity?.OutboxBytes, silent > silentAfter ? null : Rates());
    }

    private PageRates? Rates()
    {
        if (_totals.Count < 2) return null;
        var ((from, before), (to, now)) = (_totals.Peek(), _totals.Last());
        var seconds = (to - from).TotalSeconds;
        return seconds <= 0 ? null : new PageRates(
            PerSecond(before.Accepted, now.Accepted), PerSecond(before.Unavailable, now.Unavailable), PerSecond(before.Deliveries, now.Deliveries),
            PerSecond(before.Reconnects, now.Reconnects), PerSecond(before.Closes, now.Closes));

        double PerSecond(long then, long since) => Math.Round((since - then) / seconds, 2);
    }
}
