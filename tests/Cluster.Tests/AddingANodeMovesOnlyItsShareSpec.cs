namespace AkkaSockets.Cluster.Tests;

public sealed class AddingANodeMovesOnlyItsShareSpec
{
    private const int Users = 60;

    [Fact]
    public async Task Only_the_sockets_of_migrated_users_are_told_and_nothing_is_lost_repeated_or_reordered()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await cluster.SettleAsync();
        var sockets = Enumerable.Range(0, Users).Select(i => cluster.Nodes[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");

        using var stop = new CancellationTokenSource();
        var published = Task.WhenAll(sockets.Select(socket => PublishAsync(cluster, socket, stop.Token)));
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Seqs.Length > 2), "messages do not flow");

        var joined = await cluster.AddAsync();
        await cluster.SettleAsync();
        var owners = await Task.WhenAll(sockets.Select(socket => TestCluster.OwnerAsync(joined, socket.User)));
        await TestCluster.UntilAsync(() => sockets.Where((_, i) => owners[i] == joined.Name).All(socket => socket.Reconnects.Length > 0), "not all who moved were told");
        await stop.CancelAsync();
        var heads = await published;

        await TestCluster.UntilAsync(() => sockets.Zip(heads).All(at => at.Item1.Seqs.Length >= at.Item2), "not everything came");
        for (var i = 0; i < Users; i++)
        {
            Assert.Equal(Enumerable.Range(1, (int)heads[i]).Select(seq => (long)seq), sockets[i].Seqs);
            string[] told = owners[i] == joined.Name ? ["rebalance"] : [];
            Assert.Equal(told, sockets[i].Reconnects);
            if (owners[i] != joined.Name) Assert.Equal(sockets[i].Node, owners[i]);
        }
        Assert.InRange(owners.Count(owner => owner == joined.Name), 1, Users / 2);
    }

    /// <summary>One message after the other, each when the one before was accepted; the result is the newest seq.</summary>
    private static async Task<long> PublishAsync(TestCluster cluster, TestSocket socket, CancellationToken stop)
    {
        var seq = 0L;
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            seq = await TestCluster.PublishAsync(cluster.Nodes[n % 2], socket.User, $"m{n}");
            Assert.Equal(n, seq);
        }
        return seq;
    }
}
