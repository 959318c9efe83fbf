using System.Diagnostics;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Cluster.Tests;

/// <summary>Moves of shards are held back on the whole cluster, whoever coordinates.</summary>
public sealed class APauseOutlivesTheCoordinatorSpec
{
    // Ten times what a coordinator waits for before it moves shards to who joined.
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    private static readonly List<UserId> Users =
        [.. Enumerable.Range(0, 100_000).Select(i => UserId.Parse($"paused-{i}")).DistinctBy(user => ShardId.Of(user, TestCluster.Shards)).Take(TestCluster.Shards)];

    /// <summary>The first node has the coordinator, the second has it then.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_moves_to_who_joins_a_successor_until_moves_are_resumed(bool leaves)
    {
        await using var cluster = await TestCluster.StartAsync(3);
        await cluster.SettleAsync();
        var (first, successor) = (cluster.Nodes[0], cluster.Nodes[1]);
        Assert.True(await first.PauseAsync(), "a majority has confirmed the pause");

        if (leaves) await first.LeaveAsync();
        await first.DisposeAsync();
        cluster.Forget(first);
        await cluster.AddAsync();
        // What the first one had starts on the others at once; then every shard is somewhere.
        var owners = await OwnersAsync(successor);
        Assert.Equal(2, owners.Distinct().Count());
        var joined = await cluster.AddAsync();
        await TestCluster.UntilAsync(() => cluster.Nodes.All(node => node.Board.Paused?.By == first.Name), "somebody does not know of the pause");
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Watched;) Assert.Equal(owners, await OwnersAsync(joined));
        Assert.All(cluster.Nodes, node => Assert.Equal(first.Name, node.Board.Paused?.By));

        Assert.True(await joined.ResumeAsync(), "a majority has confirmed the resume");
        await cluster.SettleAsync();
        Assert.All(cluster.Nodes, node => Assert.Null(node.Board.Paused));
    }

    private static Task<string[]> OwnersAsync(TestNode through) => Task.WhenAll(Users.Select(user => TestCluster.OwnerAsync(through, user)));
}
