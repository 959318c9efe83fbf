using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Admin;

namespace AkkaSockets.Node.Tests.Admin;

public sealed class ShardMovesSpec
{
    private readonly ShardMoves _moves = new();

    [Fact]
    public void What_is_there_when_the_following_begins_is_no_event() => Assert.Empty(Take("a", isFirst: true, (100, 7, true, 3)));

    [Fact]
    public void A_shard_that_stops_here_and_starts_there_has_moved()
    {
        Take("a", isFirst: true, (100, 7, true, 3));

        Assert.Equal([new ShardMove(200, "stopped", 7, "a", null, 3, null)], Take("a", isFirst: false, (200, 7, false, 3)));
        Assert.Equal([new ShardMove(450, "moved", 7, "a", "b", 3, 250)], Take("b", isFirst: false, (450, 7, true, 1)));
    }

    [Fact]
    public void News_of_the_start_may_come_before_those_of_the_stop()
    {
        Take("a", isFirst: true, (100, 7, true, 3));

        Assert.Equal([new ShardMove(450, "moved", 7, "a", "b", 3, null)], Take("b", isFirst: false, (450, 7, true, 1)));
        Assert.Empty(Take("a", isFirst: false, (200, 7, false, 3)));
    }

    [Fact]
    public void A_shard_that_was_nowhere_has_started() =>
        Assert.Equal([new ShardMove(300, "started", 9, null, "a", 1, null)], Take("a", isFirst: false, (300, 9, true, 1)));

    [Fact]
    public void A_shard_that_comes_back_where_it_was_has_not_moved()
    {
        Take("a", isFirst: true, (100, 7, true, 3));
        Take("a", isFirst: false, (200, 7, false, 3));

        Assert.Empty(Take("a", isFirst: false, (300, 7, true, 0)));
    }

    [Fact]
    public void A_node_that_joins_with_shards_has_them_from_somebody()
    {
        Take("a", isFirst: true, (100, 7, true, 3));
        Take("a", isFirst: false, (200, 7, false, 3));

        Assert.Equal(["moved"], Take("b", isFirst: true, (300, 7, true, 2)).Select(move => move.What));
    }

    private List<ShardMove> Take(string node, bool isFirst, params (long At, int Shard, bool IsHere, int Users)[] events) =>
        [.. _moves.Take(new ShardNews(node, isFirst, [.. events.Select(e => new ShardEvent(e.At, e.Shard, e.IsHere, e.Users))]))];
}
