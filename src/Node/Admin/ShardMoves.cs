using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Node.Admin;

/// <summary>What happened to a shard. <paramref name="Milliseconds"/> is how long it was nowhere, where that is known.</summary>
internal sealed record ShardMove(long At, string What, int Shard, string? From, string? To, int Users, long? Milliseconds);

/// <summary>
/// Makes moves of what nodes tell of their own shards: one that stopped here and started there has moved. Nodes' news come in any order, since the clocks and ways of
/// nodes differ.
/// </summary>
internal sealed class ShardMoves
{
    private readonly Dictionary<int, (string Node, long At, int Users)> _here = [];
    private readonly Dictionary<int, (string Node, long At, int Users)> _gone = [];

    public IEnumerable<ShardMove> Take(ShardNews news)
    {
        foreach (var e in news.Events)
        {
            var move = e.IsHere ? Started(news.Node, e, news.IsFirst) : Stopped(news.Node, e);
            if (move is not null) yield return move;
        }
    }

    private ShardMove? Started(string node, ShardEvent e, bool isFirst)
    {
        var left = _gone.Remove(e.Shard, out var gone) ? gone : _here.GetValueOrDefault(e.Shard);
        _here[e.Shard] = (node, e.At, e.Users);
        // What is there when the following begins is no event; but a shard whose former place is known has moved, though to a node that is only now followed.
        if (left.Node is null) return isFirst ? null : new ShardMove(e.At, "started", e.Shard, null, node, e.Users, null);
        return left.Node == node ? null : new ShardMove(e.At, "moved", e.Shard, left.Node, node, Math.Max(left.Users, e.Users), gone.Node is null ? null : Math.Max(0, e.At - gone.At));
    }

    private ShardMove? Stopped(string node, ShardEvent e)
    {
        // Where it has already started elsewhere, that was told as its move.
        if (_here.TryGetValue(e.Shard, out var at) && at.Node != node) return null;
        _here.Remove(e.Shard);
        _gone[e.Shard] = (node, e.At, e.Users);
        return new ShardMove(e.At, "stopped", e.Shard, node, null, e.Users, null);
    }
}
