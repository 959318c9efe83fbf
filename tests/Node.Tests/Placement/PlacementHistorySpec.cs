using AkkaSockets.Messages.Ids;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Placement;

/// <summary>Random histories of joins, leaves, drains, crashes, comebacks under the old name and coordinators that move: what each step may and may not do.</summary>
public sealed class PlacementHistorySpec
{
    private const int Names = 9;
    private const int Shards = SimulatedCluster.Shards;

    private static int Share(int nodes) => (Shards + nodes - 1) / nodes;

    [Property(MaxTest = 300)]
    public void Whatever_the_history_each_step_moves_only_what_it_must(byte[] steps)
    {
        var cluster = new SimulatedCluster("n0");
        foreach (var step in steps) Take(cluster, step);
    }

    private static void Take(SimulatedCluster cluster, byte step)
    {
        var (name, kind) = ($"n{step % Names}", step / Names % 5);
        var (before, table, version) = (cluster.Running, cluster.Table, cluster.Version);
        switch (kind)
        {
            case 0 when !cluster.Has(name):
                cluster.Join(name);
                Assert.Equal(before, cluster.Running);
                break;
            case 1 when cluster.Has(name) && cluster.Eligible.Any(node => node != name):
                cluster.Lose(name);
                Assert.Equal(Of(name, before), Moved(before, cluster.Running));
                break;
            case 2 when cluster.Has(name) && !cluster.Draining.Contains(name) && cluster.Eligible.Count > 1:
                var given = cluster.Drain(name);
                Assert.Equal(Of(name, before), given.OrderBy(shard => shard.Value));
                Assert.Equal(Of(name, before), Moved(before, cluster.Running));
                break;
            case 3:
                cluster.MoveCoordinator();
                Assert.Equal(before, cluster.Running);
                Assert.Empty(table.MovedTo(cluster.Table));
                Assert.Equal(version, cluster.Version);
                break;
            case 4:
                var newcomers = cluster.Newcomers.ToHashSet();
                var moved = cluster.LetSettle();
                Assert.InRange(moved.Count, 0, Share(cluster.Eligible.Count) * newcomers.Count);
                Assert.All(moved, shard => Assert.Contains(cluster.Running[shard], newcomers));
                CheckEven(cluster);
                // However many joined, it is one rebalance.
                Assert.InRange(cluster.Version, version, version + 1);
                break;
        }
        Assert.True(table.MovedTo(cluster.Table).Any() ? cluster.Version > version : cluster.Version == version);
        Assert.All(cluster.Running, at => Assert.Contains(at.Value, cluster.Eligible));
        Assert.All(cluster.Running, at => Assert.Equal(at.Value, cluster.Table[at.Key]));
    }

    [Property(MaxTest = 100)]
    public void A_coordinator_that_is_lost_in_the_middle_of_a_rebalance_leaves_it_to_be_finished_and_nothing_else(byte old, byte done)
    {
        var nodes = 1 + (old % 6);
        var cluster = Founded(nodes);
        cluster.Join("new");
        var before = cluster.Running;
        cluster.MoveSome(done % 3);
        cluster.MoveCoordinator();
        var half = cluster.Running;
        cluster.LetSettle();
        var moved = Moved(before, cluster.Running);
        Assert.InRange(moved.Count, 1, Share(nodes + 1));
        Assert.All(moved, shard => Assert.Equal("new", cluster.Running[shard]));
        // What had gone to the newcomer stays there.
        Assert.All(Of("new", half), shard => Assert.Equal("new", cluster.Running[shard]));
        CheckEven(cluster);
    }

    [Property(MaxTest = 100)]
    public void A_drain_in_the_middle_of_a_rebalance_waits_for_nothing(byte old, byte done)
    {
        var nodes = 2 + (old % 5);
        var cluster = Founded(nodes);
        cluster.Join("new");
        cluster.MoveSome(done % 2);
        var before = cluster.Running;
        cluster.Drain("n0");
        Assert.Equal(Of("n0", before), Moved(before, cluster.Running));
        cluster.LetSettle();
        CheckEven(cluster);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void A_node_that_drains_leaves_and_comes_back_under_its_name_gets_most_of_its_shards_again(int nodes)
    {
        var cluster = Founded(nodes);
        var before = Of("n1", cluster.Running);
        cluster.Drain("n1");
        cluster.Lose("n1");
        cluster.LetSettle();
        cluster.Join("n1");
        cluster.LetSettle();
        var again = Of("n1", cluster.Running).Intersect(before).Count();
        Assert.True(again > before.Count / 2, $"{again} of {before.Count}");
    }

    private static SimulatedCluster Founded(int nodes)
    {
        var cluster = new SimulatedCluster("n0");
        for (var i = 1; i < nodes; i++) cluster.Join($"n{i}");
        cluster.LetSettle();
        return cluster;
    }

    private static void CheckEven(SimulatedCluster cluster)
    {
        var counts = cluster.Eligible.Select(node => cluster.Running.Count(at => at.Value == node)).ToList();
        Assert.Equal(Shards, counts.Sum());
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
    }

    private static List<ShardId> Of(string node, IReadOnlyDictionary<ShardId, string> running) =>
        [.. running.Where(at => at.Value == node).Select(at => at.Key).OrderBy(shard => shard.Value)];

    private static List<ShardId> Moved(IReadOnlyDictionary<ShardId, string> before, IReadOnlyDictionary<ShardId, string> after) =>
        [.. before.Where(at => after[at.Key] != at.Value).Select(at => at.Key).OrderBy(shard => shard.Value)];
}
