namespace AkkaSockets.Cluster.Tests;

/// <summary>What happens to a user at the very time that its shard moves.</summary>
public sealed class AcrossAHandOffSpec
{
    private const int Users = 30;

    [Fact]
    public async Task Of_two_sockets_of_a_device_the_later_one_stays_whichever_of_them_attaches_again_last()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await cluster.SettleAsync();
        var older = Enumerable.Range(0, Users).Select(i => cluster.Nodes[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => older.TrueForAll(socket => socket.Node.Length > 0), "not every socket got its ready");

        var version = cluster.Nodes[0].Board.Placement!.Version;
        var joined = await cluster.AddAsync();
        await TestCluster.UntilAsync(() => cluster.Nodes[0].Board.Placement!.Version > version, "nothing moves");
        var newer = Enumerable.Range(0, Users).Select(i => cluster.Nodes[(i + 1) % 2].Open($"user-{i}")).ToList();
        await cluster.SettleAsync();
        await TestCluster.UntilAsync(() => older.TrueForAll(socket => socket.Web.Closed.Task.IsCompleted), "an older socket is still open");
        await TestCluster.UntilAsync(() => newer.TrueForAll(socket => socket.Node.Length > 0), "a newer socket is not served");
        Assert.All(older, socket => Assert.Equal(4503, socket.Web.Closed.Task.Result.Code));

        foreach (var socket in newer) await TestCluster.PublishUntilAcceptedAsync(joined, socket.User, "after");
        await TestCluster.UntilAsync(() => newer.TrueForAll(socket => socket.Seqs.SequenceEqual([1L])), "a newer socket did not get what was published");
        Assert.All(newer, socket => Assert.False(socket.Web.Closed.Task.IsCompleted));
    }

    [Fact]
    public async Task A_publisher_that_repeats_itself_has_one_copy_in_the_log()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await cluster.SettleAsync();
        var sockets = Enumerable.Range(0, Users).Select(i => cluster.Nodes[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.TrueForAll(socket => socket.Node.Length > 0), "not every socket got its ready");

        using var stop = new CancellationTokenSource();
        var repeats = 0;
        var publishers = Task.WhenAll(sockets.Select(RepeatAsync));
        var joined = await cluster.AddAsync();
        await cluster.SettleAsync();
        Assert.Contains(joined.Name, await Task.WhenAll(sockets.Select(socket => TestCluster.OwnerAsync(joined, socket.User))));
        await stop.CancelAsync();
        await publishers.WaitAsync(TestCluster.Patience);

        foreach (var socket in sockets) Assert.Equal(2, await TestCluster.PublishAsync(joined, socket.User, "last"));
        await TestCluster.UntilAsync(() => sockets.TrueForAll(socket => socket.Seqs.SequenceEqual([1L, 2L])), "a socket got other than the two messages");
        Assert.True(repeats > Users * 2, $"{repeats} repeats");

        async Task RepeatAsync(TestSocket socket)
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                // Asked for twice at once, too: an answer that is lost in a hand-off looks the same to a publisher.
                var seqs = await Task.WhenAll(
                    TestCluster.PublishUntilAcceptedAsync(cluster.Nodes[n % 2], socket.User, "the one"),
                    TestCluster.PublishUntilAcceptedAsync(cluster.Nodes[(n + 1) % 2], socket.User, "the one"));
                Assert.Equal([1L, 1L], seqs);
                Interlocked.Increment(ref repeats);
            }
        }
    }
}
