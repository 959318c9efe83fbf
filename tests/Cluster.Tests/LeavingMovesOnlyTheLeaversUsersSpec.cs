namespace AkkaSockets.Cluster.Tests;

public sealed class LeavingMovesOnlyTheLeaversUsersSpec
{
    private const int Users = 60;

    public enum Way
    {
        /// <summary>The process is asked to stop.</summary>
        Stop,

        /// <summary>The cluster is asked to let it go.</summary>
        Leave,
    }

    [Theory]
    [InlineData(Way.Stop, 2)]
    [InlineData(Way.Leave, 2)]
    [InlineData(Way.Stop, 0)]
    [InlineData(Way.Leave, 0)]
    public async Task Only_its_sockets_are_told_only_its_users_move_and_nothing_is_lost_repeated_or_reordered(Way way, int which)
    {
        await using var cluster = await TestCluster.StartAsync(3);
        await cluster.SettleAsync();
        var leaver = cluster.Nodes[which];
        var stayers = cluster.Nodes.Where(node => node != leaver).ToArray();
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Users).Select(i => new TestClient($"user-{i}", cluster.Nodes[i % 3], _ => stayers[i % 2], end.Token)).ToList();
        await TestCluster.UntilAsync(() => clients.All(client => client.IsReady), "not every socket got its ready");
        var before = clients.Select(client => client.First.Node).ToList();
        Assert.Contains(leaver.Name, before);
        var table = stayers[0].Board.Placement!;

        var turn = 0;
        await using var traffic = new Traffic(() => stayers[Interlocked.Increment(ref turn) & 1], clients.Select(client => client.User)).Start();
        await TestCluster.UntilAsync(() => clients.All(client => client.Seen.Count > 2), "messages do not flow");
        await (way == Way.Stop ? leaver.StopAsync() : leaver.LeaveAsync());
        cluster.Forget(leaver);
        var after = await Task.WhenAll(clients.Select(client => TestCluster.OwnerAsync(stayers[0], client.User)));
        var heads = await traffic.StopAsync();

        await TestCluster.UntilAsync(() => clients.Zip(heads).All(at => at.Item1.Seen.Count >= at.Item2), "not everything came");
        await end.CancelAsync();
        await TestCluster.UntilAsync(() => stayers.All(node => node.Board.Placement!.Version > table.Version), "no new table was published");
        Assert.All(stayers, node => Assert.Equal(table.Table.Of(leaver.Name), table.Table.MovedTo(node.Board.Placement!.Table)));
        for (var i = 0; i < Users; i++)
        {
            Assert.Equal(Enumerable.Range(1, (int)heads[i]).Select(seq => (long)seq), clients[i].Seen);
            Assert.All(clients[i].Sockets, socket => Assert.Equal(socket.Seqs.Distinct().Order(), socket.Seqs));
            string[] told = clients[i].First.On == leaver ? ["drain"] : [];
            Assert.Equal(told, clients[i].First.Reconnects);
            Assert.Equal(clients[i].First.On == leaver ? 2 : 1, clients[i].Sockets.Count);
            Assert.All(clients[i].Sockets.Skip(1), socket => Assert.Empty(socket.Reconnects));
            if (before[i] != leaver.Name) Assert.Equal(before[i], after[i]);
            else Assert.NotEqual(leaver.Name, after[i]);
        }
    }
}
