using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Admin;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Admin;

public sealed class PlannedMovesSpec
{
    private const int Shards = 64;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("a,b,c", "a,b,c,d")]
    [InlineData("a,b,c", "a,b")]
    [InlineData("a,b,c", "b,c,d,e")]
    [InlineData("a", "b")]
    public void What_is_planned_is_what_the_coordinator_does(string before, string after)
    {
        var (now, then) = (before.Split(','), after.Split(','));
        var time = new FakeTimeProvider();
        var coordinator = new PlacementPlan(ShardTable.Empty(Shards), 0, Settle, movesAtOnce: Shards, time);
        foreach (var shard in coordinator.Table.Shards()) coordinator.OwnerOf(shard, now);
        var present = coordinator.Table.Shards().ToDictionary(shard => shard, shard => coordinator.Table[shard]!);

        var plan = PlannedMoves.Of(coordinator.Table, Shards, now, then);
        coordinator.NextMoves(then, present, 0);
        time.Advance(Settle);
        var moves = coordinator.NextMoves(then, present, 0);

        Assert.NotEmpty(moves);
        Assert.Equal(moves, plan.Moves.Select(move => move.Shard));
        Assert.All(plan.Moves, move => Assert.Equal((present[move.Shard], coordinator.Table[move.Shard]), (move.From, move.To)));
    }

    [Fact]
    public void Before_anything_is_placed_the_first_table_is_what_the_nodes_would_get()
    {
        var plan = PlannedMoves.Of(null, Shards, ["a", "b", "c"], ["a", "b", "c", "d"]);

        Assert.Equal(16, plan.Moves.Count);
        Assert.All(plan.Moves, move => Assert.Equal("d", move.To));
    }

    [Fact]
    public void A_shard_that_nobody_has_does_not_move()
    {
        var table = new ShardTable([.. Enumerable.Range(0, Shards).Select(shard => shard == 0 ? null : "a")]);

        Assert.DoesNotContain(new ShardId(0), PlannedMoves.Of(table, Shards, ["a"], ["b"]).Moves.Select(move => move.Shard));
    }

    [Fact]
    public void Each_node_is_told_what_leaves_it_and_what_arrives()
    {
        var table = ShardPlacement.Place(ShardTable.Empty(Shards), ["a", "b"]);
        var moves = PlannedMoves.Of(table, Shards, ["a", "b"], ["a", "b", "c"]);
        // Of each shard two users, with a socket on their own node and two on the other.
        IReadOnlyList<ShardLoad> LoadsOf(string node) =>
            [.. table.Shards().Select(shard => new ShardLoad(shard.Value, table[shard] == node, table[shard] == node ? 2 : 0, table[shard] == node ? 1 : 2))];
        var plan = new MovePlan(moves, new ShardCount(new Dictionary<string, IReadOnlyList<ShardLoad>> { ["a"] = LoadsOf("a"), ["b"] = LoadsOf("b") }, []), []);

        var nodes = plan.Nodes.ToDictionary(node => node.Node);
        Assert.All(nodes.Values, node => Assert.Equal((2 * node.Gives.Shards, 3 * node.Gives.Shards), (node.Gives.Users, node.Gives.Sockets)));
        Assert.Equal(new PlannedLoad(plan.Moves.Count, plan.Users, plan.Sockets), nodes["c"].Takes);
        Assert.Equal((0, 0, 2 * plan.Moves.Count), (nodes["a"].Takes.Users, nodes["b"].Takes.Users, plan.Users));
        Assert.Equal(plan.Sockets, nodes["a"].Gives.Sockets + nodes["b"].Gives.Sockets);
    }
}
