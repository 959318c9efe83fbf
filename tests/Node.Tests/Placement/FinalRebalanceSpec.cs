using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Placement;

/// <summary>What moves at the end of a rolling deploy, when the nodes that kept on have uneven shares: what has to, and to whom it has to.</summary>
public sealed class FinalRebalanceSpec
{
    private const int MovesAtOnce = 10;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rollout = TimeSpan.FromSeconds(60);

    /// <summary>The nodes that kept on have any shares at all, and one or more come back with none.</summary>
    [Property(MaxTest = 500)]
    public void From_whatever_shares_no_more_moves_than_evens_them_out_and_what_moves_goes_to_who_came_back_as_far_as_that_can_be(byte[] owners, byte old, byte back)
    {
        var shards = Math.Max(1, owners.Length);
        var nodes = 1 + (old % 6);
        var before = new ShardTable([.. Enumerable.Range(0, shards).Select(i => $"old-{owners.ElementAtOrDefault(i) % nodes}")]);
        var kept = before.Nodes().ToList();
        var returned = Enumerable.Range(0, 1 + (back % 3)).Select(i => $"back-{i}").ToList();
        List<string> all = [.. kept, .. returned];
        var after = ShardPlacement.Place(before, all);

        var counts = all.Select(node => before.Of(node).Count()).ToList();
        var (share, rest) = (shards / all.Count, shards % all.Count);
        // Whoever has more than the even share keeps one more while the division leaves some.
        var larger = Math.Min(rest, counts.Count(count => count > share));
        var mustMove = counts.Sum(count => Math.Max(0, count - share)) - larger;
        var mustGoToKept = kept.Sum(node => Math.Max(0, share - before.Of(node).Count())) + Math.Max(0, rest - larger - returned.Count);
        var moved = before.Shards().Where(shard => before[shard] != after[shard]).ToList();
        Assert.Equal(mustMove, moved.Count);
        Assert.Equal(mustGoToKept, moved.Count(shard => kept.Contains(after[shard]!)));
        Assert.All(all, node => Assert.InRange(after.Of(node).Count(), share, share + (rest > 0 ? 1 : 0)));
    }

    /// <summary>Nodes restarted in any order, one after the other within the time: nothing moves but what a node gives up, and in the end the share of the last.</summary>
    [Property(MaxTest = 200)]
    public void After_the_last_of_a_rolling_deploy_only_its_share_moves_and_only_to_it(byte size, byte spread, int order)
    {
        var (shards, nodes) = (32 + spread, Enumerable.Range(0, 2 + (size % 7)).Select(i => $"n{i}").ToList());
        var (time, drained) = (new FakeTimeProvider(), new HashSet<string>());
        var plan = new PlacementPlan(ShardTable.Empty(shards), 0, Settle, MovesAtOnce, time) { Rollout = Rollout, HasDrained = drained.Contains };
        var running = plan.Table.Shards().ToDictionary(shard => shard, shard => plan.OwnerOf(shard, nodes)!);
        Move(plan, nodes, running);
        time.Advance(Settle);
        Assert.Empty(Move(plan, nodes, running));

        var last = "";
        foreach (var node in nodes.OrderBy(node => ShardPlacement.Score(new ShardId(order & 0xffff), node)))
        {
            List<string> others = [.. nodes.Where(other => other != node)];
            drained.Add(node);
            var given = running.Where(at => at.Value == node).Select(at => at.Key).ToHashSet();
            Assert.Equal(given, Move(plan, others, running).ToHashSet());
            time.Advance(Rollout / 2);
            Assert.Empty(Move(plan, nodes, running));
            time.Advance(Rollout / 2);
            last = node;
        }
        time.Advance(Rollout);
        var moved = Move(plan, nodes, running);
        Assert.All(moved, shard => Assert.Equal(last, running[shard]));
        Assert.InRange(moved.Count, shards / nodes.Count, (shards + nodes.Count - 1) / nodes.Count);
    }

    private static List<ShardId> Move(PlacementPlan plan, IReadOnlyCollection<string> eligible, Dictionary<ShardId, string> running)
    {
        var moved = new List<ShardId>();
        while (plan.NextMoves(eligible, running, 0) is { Count: > 0 } batch)
        {
            foreach (var shard in batch) running[shard] = plan.OwnerOf(shard, eligible)!;
            moved.AddRange(batch);
        }
        return moved;
    }
}
