using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Placement;

public sealed class MovePaceSpec
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly HashSet<ShardId> NoShard = [];
    private readonly FakeTimeProvider _time = new();
    private readonly List<ShardId> _due = [.. Enumerable.Range(0, 100).Select(n => new ShardId(n))];
    private readonly Dictionary<ShardId, DateTimeOffset> _moving = [];
    private readonly MovePace _pace;

    public MovePaceSpec() => _pace = new MovePace(_time);

    /// <summary>One look of the coordinator, where each move takes so long.</summary>
    private IReadOnlyList<ShardId> LookAgain(TimeSpan move)
    {
        _time.Advance(Look);
        foreach (var (shard, at) in _moving.ToList())
        {
            if (_time.GetUtcNow() - at >= move) _moving.Remove(shard);
        }
        var begin = _pace.Begin(_due, _moving.Keys.ToHashSet());
        foreach (var shard in begin) _moving[shard] = _time.GetUtcNow();
        _due.RemoveAll(begin.Contains);
        Assert.True(begin.Count == 0 || _moving.Count <= _pace.AtOnce);
        return begin;
    }

    [Fact]
    public void It_begins_with_few_and_in_their_order() => Assert.Equal(Enumerable.Range(0, MovePace.Least).Select(n => new ShardId(n)), LookAgain(Look));

    [Fact]
    public void Quick_moves_let_more_begin_each_time_up_to_the_most()
    {
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 10, 10], Enumerable.Range(0, 10).Select(_ => LookAgain(move: Look / 2).Count));
        Assert.Equal(MovePace.Most, _pace.AtOnce);
    }

    [Fact]
    public void Slow_ones_leave_it_at_few()
    {
        for (var i = 0; i < 20; i++) LookAgain(move: 3 * Look);
        Assert.Equal(MovePace.Least, _pace.AtOnce);
    }

    [Fact]
    public void In_between_it_stays_as_it_is()
    {
        for (var i = 0; i < 3; i++) LookAgain(move: Look / 2);
        for (var i = 0; i < 10; i++)
        {
            LookAgain(move: 2 * Look);
            Assert.Equal(5, _pace.AtOnce);
        }
    }

    [Fact]
    public void When_they_grow_slow_it_falls_back_at_once_and_before_the_first_of_them_is_over()
    {
        for (var i = 0; i < 6; i++) LookAgain(move: Look / 2);
        Assert.True(_pace.AtOnce > MovePace.Least);
        for (var i = 0; i < 3; i++) LookAgain(move: TimeSpan.FromMinutes(1));
        Assert.Equal(MovePace.Least, _pace.AtOnce);
        Assert.Empty(LookAgain(move: TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void What_moves_already_counts_and_does_not_begin_twice()
    {
        var moving = _due.Take(2).ToHashSet();
        Assert.Equal([new ShardId(2)], _pace.Begin(_due, moving));
        Assert.Empty(_pace.Begin(_due, _due.Take(5).ToHashSet()));
    }

    [Fact]
    public void What_was_handed_off_is_on_the_move_until_it_runs_again()
    {
        var begun = LookAgain(Look);
        Assert.Equal(begun.ToHashSet(), _pace.OnTheMove(begun.ToHashSet(), begun.ToHashSet()));
        Assert.Equal(begun.ToHashSet(), _pace.OnTheMove(NoShard, NoShard));
        Assert.Equal([begun[2]], _pace.OnTheMove(NoShard, begun.Take(2).ToHashSet()));
        Assert.Empty(_pace.OnTheMove(NoShard, begun.ToHashSet()));
        // Of the others none was begun here.
        Assert.Equal([_due[50]], _pace.OnTheMove(new HashSet<ShardId> { _due[50] }, begun.ToHashSet()));
    }

    [Fact]
    public void One_that_finds_no_place_holds_up_the_others_for_seconds_only()
    {
        LookAgain(Look);
        for (var i = 0; i < 24; i++)
        {
            Assert.Equal(MovePace.Least, _pace.OnTheMove(NoShard, NoShard).Count);
            _time.Advance(Look);
        }
        _time.Advance(Look);
        Assert.Empty(_pace.OnTheMove(NoShard, NoShard));
    }

    [Fact]
    public void The_next_rebalance_begins_with_few_again()
    {
        for (var i = 0; i < 6; i++) LookAgain(move: Look / 2);
        _due.Clear();
        LookAgain(move: Look / 2);
        Assert.Equal(MovePace.Least, _pace.AtOnce);
    }
}
