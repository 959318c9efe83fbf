using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Admin;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Page;

/// <summary>A member as the cluster has it.</summary>
internal sealed record SeenMember(string Node, string Address, string Status, bool IsReachable, bool CarriesUsers, bool IsSelf, bool IsDraining);

/// <summary>
/// Makes one picture of what members tell of themselves. Pure but for what it remembers; not safe from several threads. Who has which shard now is what nodes say; of one
/// that nobody has started, what the placement says.
/// </summary>
internal sealed class ClusterPicture(int shards, TimeSpan silentAfter)
{
    private const int Remembered = 40;

    private readonly Dictionary<string, MemberFigures> _members = new(StringComparer.Ordinal);
    private readonly string?[] _running = new string?[shards];
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly ShardMoves _shardMoves = new();
    private readonly LinkedList<ShardMove> _moves = new();
    private readonly LinkedList<PageReconnect> _reconnects = new();

    /// <summary>The latest, newest first.</summary>
    public IReadOnlyList<ShardMove> RecentMoves => [.. _moves];

    /// <summary>The latest, newest first.</summary>
    public IReadOnlyList<PageReconnect> RecentReconnects => [.. _reconnects];

    public void Take(string node, MemberStatus status, DateTimeOffset at)
    {
        if (!_members.TryGetValue(node, out var figures)) _members[node] = figures = new MemberFigures(at);
        figures.Take(status, at);
    }

    /// <summary>The moves that this news completes: of one that only stopped it is not known yet where it will be.</summary>
    public IReadOnlyList<ShardMove> Take(ShardNews news)
    {
        _followed.Add(news.Node);
        foreach (var e in news.Events.Where(e => e.Shard >= 0 && e.Shard < _running.Length))
        {
            if (e.IsHere) _running[e.Shard] = news.Node;
            else if (_running[e.Shard] == news.Node) _running[e.Shard] = null;
        }
        var moves = _shardMoves.Take(news).Where(move => move.From is not null && move.To is not null).ToList();
        foreach (var move in moves) Remember(_moves, move);
        return moves;
    }

    /// <summary>The clients that were told to come back.</summary>
    public IReadOnlyList<PageReconnect> Take(SocketNews news)
    {
        var told = news.Events.Where(e => e.Kind == SocketEventKind.ReconnectSent)
            .Select(e => new PageReconnect(e.At, news.Node, e.User.Value, e.Device.Value, e.Detail)).ToList();
        foreach (var one in told) Remember(_reconnects, one);
        return told;
    }

    public PageState Draw(string self, IReadOnlyList<SeenMember> members, PublishedPlacement? placement, MovesPaused? paused, DateTimeOffset now)
    {
        Forget(members, now);
        var planned = Enumerable.Range(0, shards).Select(shard => placement is { Table: var table } && shard < table.Count ? table[new ShardId(shard)] : null).ToList();
        var current = planned.Select((node, shard) => _running[shard] ?? node).ToList();
        var moves = Enumerable.Range(0, shards)
            .Where(shard => _running[shard] is { } running && planned[shard] is { } target && running != target)
            .GroupBy(shard => (From: _running[shard]!, To: planned[shard]!))
            .Select(pair => new PendingMoves(pair.Key.From, pair.Key.To, pair.Count()))
            .OrderBy(pair => pair.From, StringComparer.Ordinal).ThenBy(pair => pair.To, StringComparer.Ordinal);
        var (currentOf, plannedOf) = (Count(current), Count(planned));
        return new PageState(
            now.ToUnixTimeMilliseconds(), self, shards, placement?.Version,
            paused is null ? null : new PausedState(paused.Since.ToUnixTimeMilliseconds(), paused.By),
            [.. members.Select(member => _members[member.Node].Describe(
                member, currentOf.GetValueOrDefault(member.Node), plannedOf.GetValueOrDefault(member.Node), silentAfter, now) with { Followed = _followed.Contains(member.Node) })],
            [.. moves], current.Count(node => node is null));
    }

    /// <summary>Who is gone takes its shards along; who is new is not silent yet.</summary>
    private void Forget(IReadOnlyList<SeenMember> members, DateTimeOffset now)
    {
        var names = members.Select(member => member.Node).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _members.Keys.Where(name => !names.Contains(name)).ToList()) _members.Remove(gone);
        _followed.IntersectWith(names);
        foreach (var name in names) _members.TryAdd(name, new MemberFigures(now));
        for (var shard = 0; shard < _running.Length; shard++)
        {
            if (_running[shard] is { } node && !names.Contains(node)) _running[shard] = null;
        }
    }

    private static Dictionary<string, int> Count(IEnumerable<string?> owners) =>
        owners.OfType<string>().CountBy(node => node, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    private static void Remember<T>(LinkedList<T> list, T one)
    {
        list.AddFirst(one);
        if (list.Count > Remembered) list.RemoveLast();
    }
}
