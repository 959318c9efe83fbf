using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Placement;

/// <summary>Random histories of joins, leaves and crashes of several at once, and what each step may and may not do.</summary>
public sealed class ShardPlacementSpec
{
    private const int Shards = 256;

    private static string[] Names(int nodes) => [.. Enumerable.Range(0, nodes).Select(i => $"node-{i}")];

    private static ShardTable Founded(int nodes, int shards = Shards) => ShardPlacement.Place(ShardTable.Empty(shards), Names(nodes));

    private static void CheckEven(ShardTable table, IReadOnlyCollection<string> nodes)
    {
        var counts = nodes.Select(node => table.Of(node).Count()).ToList();
        Assert.Equal(table.Count, counts.Sum());
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    [Property(MaxTest = 300)]
    public void Whatever_the_history_the_spread_is_even_and_each_step_moves_only_what_it_must(byte[] steps)
    {
        var nodes = new SortedSet<string>(StringComparer.Ordinal) { "n0" };
        var table = ShardPlacement.Place(ShardTable.Empty(Shards), nodes);
        foreach (var step in steps)
        {
            var name = $"n{step % 23}";
            var joins = nodes.Add(name);
            if (!joins)
            {
                if (nodes.Count == 1) continue;
                nodes.Remove(name);
            }
            var next = ShardPlacement.Place(table, nodes);
            var moved = table.MovedTo(next).ToList();
            if (joins)
            {
                Assert.True(moved.Count <= (Shards + nodes.Count - 1) / nodes.Count);
                Assert.All(moved, shard => Assert.Equal(name, next[shard]));
            }
            else
            {
                Assert.Equal(table.Of(name), moved);
            }
            CheckEven(next, nodes);
            table = next;
        }
    }

    [Property(MaxTest = 300)]
    public void Several_that_come_and_go_at_once_move_no_more_than_they_must(byte[] before, byte[] after)
    {
        var (old, now) = (Set(before), Set(after));
        var table = ShardPlacement.Place(ShardTable.Empty(Shards), old);
        var next = ShardPlacement.Place(table, now);
        CheckEven(next, now);
        var stayed = old.Intersect(now).ToHashSet();
        var orphaned = table.Shards().Count(shard => !stayed.Contains(table[shard]!));
        var share = (Shards + now.Count - 1) / now.Count;
        Assert.True(table.MovedTo(next).Count() <= orphaned + (share * now.Except(old).Count()));

        static SortedSet<string> Set(byte[] names) => [.. names.Select(n => $"n{n % 31}").Append("n0")];
    }

    [Property(MaxTest = 100)]
    public void The_order_in_which_nodes_are_named_says_nothing(byte[] names)
    {
        var nodes = names.Select(n => $"n{n}").Append("n").Distinct().ToList();
        var one = ShardPlacement.Place(ShardTable.Empty(Shards), nodes);
        nodes.Reverse();
        Assert.Empty(one.MovedTo(ShardPlacement.Place(ShardTable.Empty(Shards), nodes)));
    }

    [Fact]
    public void A_table_that_is_even_stays_as_it_is()
    {
        var table = Founded(7);
        Assert.Empty(table.MovedTo(ShardPlacement.Place(table, Names(7))));
    }

    [Theory]
    [InlineData(256, 12)]
    [InlineData(1000, 50)]
    [InlineData(256, 3)]
    public void With_twenty_shards_a_node_the_fullest_has_at_most_five_percent_over_the_mean(int shards, int nodes)
    {
        var table = Founded(nodes, shards);
        Assert.True(Names(nodes).Max(node => table.Of(node).Count()) / ((double)shards / nodes) <= 1.05);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(11)]
    public void A_node_that_comes_back_under_its_name_gets_most_of_its_shards_again(int nodes)
    {
        var table = Founded(nodes);
        foreach (var node in Names(nodes))
        {
            var gone = ShardPlacement.Place(table, [.. Names(nodes).Where(n => n != node)]);
            var back = ShardPlacement.Place(gone, Names(nodes));
            var again = back.Of(node).Intersect(table.Of(node)).Count();
            Assert.True(again > table.Of(node).Count() / 2, $"{again} of {table.Of(node).Count()}");
        }
    }

    [Fact]
    public void Fewer_shards_than_nodes_are_spread_one_by_one()
    {
        var table = Founded(10, shards: 4);
        CheckEven(table, Names(10));
    }

    [Fact]
    public void Without_a_node_no_shard_is_placed()
    {
        var table = ShardPlacement.Place(Founded(3), []);
        Assert.All(table.Shards(), shard => Assert.Null(table[shard]));
    }

    /// <summary>Frozen: two members that disagreed here would fight over every shard.</summary>
    [Fact]
    public void The_first_table_of_three_nodes_is_this_one() => Assert.Equal(
        "1210121101021221221202212220121110110222",
        string.Concat(Enumerable.Range(0, 40).Select(shard => Founded(3)[new ShardId(shard)]![^1])));
}
