using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Placement;

public sealed class PlacementPlanSpec
{
    private const int Shards = 32;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _time = new();
    private readonly PlacementPlan _plan;
    private readonly Dictionary<ShardId, string> _present = [];

    public PlacementPlanSpec() => _plan = new PlacementPlan(ShardTable.Empty(Shards), 0, Settle, movesAtOnce: 4, _time);

    /// <summary>Starts every shard, as traffic would.</summary>
    private void Run(params string[] nodes)
    {
        foreach (var shard in _plan.Table.Shards()) _present[shard] = _plan.OwnerOf(shard, nodes)!;
    }

    private void LetSettle(params string[] nodes)
    {
        Assert.Empty(_plan.NextMoves(nodes, _present, 0));
        _time.Advance(Settle);
    }

    /// <summary>Moves until nothing is left to move, and says what did.</summary>
    private List<ShardId> MoveAll(params string[] nodes)
    {
        var moved = new List<ShardId>();
        while (_plan.NextMoves(nodes, _present, 0) is { Count: > 0 } next)
        {
            Assert.InRange(next.Count, 1, 4);
            foreach (var shard in next) _present[shard] = _plan.OwnerOf(shard, nodes)!;
            moved.AddRange(next);
        }
        return moved;
    }

    [Fact]
    public void Without_a_node_nothing_is_placed() => Assert.Null(_plan.OwnerOf(new ShardId(0), []));

    [Fact]
    public void The_first_nodes_share_all_shards_at_once()
    {
        Run("a", "b");
        Assert.Equal([16, 16], _present.Values.GroupBy(node => node).Select(group => group.Count()));
    }

    [Fact]
    public void A_node_that_joins_gets_its_share_when_it_has_settled_and_a_few_at_a_time()
    {
        Run("a", "b");
        LetSettle("a", "b", "c");
        var moved = MoveAll("a", "b", "c");
        Assert.InRange(moved.Count, 10, 11);
        Assert.All(moved, shard => Assert.Equal("c", _present[shard]));
        Assert.Equal(moved.Count, moved.Distinct().Count());
    }

    [Fact]
    public void What_is_on_the_move_counts()
    {
        Run("a");
        LetSettle("a", "b");
        Assert.Single(_plan.NextMoves(["a", "b"], _present, moving: 3));
        Assert.Empty(_plan.NextMoves(["a", "b"], _present, moving: 4));
    }

    [Fact]
    public void Two_that_join_one_after_the_other_make_one_rebalance()
    {
        Run("a");
        Assert.Empty(_plan.NextMoves(["a", "b"], _present, 0));
        _time.Advance(Settle / 2);
        Assert.Empty(_plan.NextMoves(["a", "b", "c"], _present, 0));
        _time.Advance(Settle / 2);
        Assert.Empty(_plan.NextMoves(["a", "b", "c"], _present, 0));
        _time.Advance(Settle / 2);
        var version = _plan.Version;
        MoveAll("a", "b", "c");
        Assert.Equal(version + 1, _plan.Version);
    }

    [Fact]
    public void What_a_node_left_behind_is_placed_as_soon_as_somebody_asks_and_nothing_else_moves()
    {
        Run("a", "b", "c");
        LetSettle("a", "b", "c");
        MoveAll("a", "b", "c");
        var before = new Dictionary<ShardId, string>(_present);
        var orphans = before.Where(at => at.Value == "c").Select(at => at.Key).ToList();
        foreach (var shard in orphans) _present[shard] = _plan.OwnerOf(shard, ["a", "b"])!;
        Assert.All(orphans, shard => Assert.NotEqual("c", _present[shard]));
        LetSettle("a", "b");
        Assert.Empty(MoveAll("a", "b"));
    }

    [Fact]
    public void A_newcomer_that_has_not_settled_is_given_nothing_while_another_can_take_it()
    {
        Run("a", "b");
        LetSettle("a", "b");
        MoveAll("a", "b");
        foreach (var shard in _plan.Table.Of("b").ToList()) Assert.Equal("a", _plan.OwnerOf(shard, ["a", "new"]));
    }

    [Fact]
    public void What_drains_moves_at_once_and_a_few_at_a_time_while_what_is_due_to_a_newcomer_waits()
    {
        Run("a", "b");
        LetSettle("a", "b");
        MoveAll("a", "b");
        Assert.Equal(4, _plan.NextMoves(["a", "c"], _present, 0).Count);
        var moved = MoveAll("a", "c");
        Assert.Equal(16, moved.Count);
        Assert.All(_present, at => Assert.Equal("a", at.Value));
    }

    [Fact]
    public void The_last_node_keeps_its_shards_however_it_drains()
    {
        Run("a");
        LetSettle("a");
        Assert.Empty(_plan.NextMoves([], _present, 0));
        Assert.Equal("a", _plan.OwnerOf(new ShardId(3), ["a"]));
    }

    [Fact]
    public void A_table_that_fits_already_stays()
    {
        Run("a", "b");
        LetSettle("a", "b");
        var version = _plan.Version;
        Assert.Empty(MoveAll("a", "b"));
        Assert.Equal(version, _plan.Version);
    }
}
