using Akka.Actor;
using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Cluster.Tests;

public sealed class LosingANodeSpec
{
    private const int Users = 40;

    /// <summary>The first node has the coordinator.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task When_a_node_is_lost_its_users_answer_again_elsewhere_nobody_is_told_and_nothing_accepted_is_missing(int which)
    {
        await using var cluster = await TestCluster.StartAsync(3);
        await cluster.SettleAsync();
        var lost = cluster.Nodes[which];
        var stayers = cluster.Nodes.Where(node => node != lost).ToArray();
        var sockets = Enumerable.Range(0, Users).Select(i => stayers[i % 2].Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0), "not every socket got its ready");
        foreach (var socket in sockets) await TestCluster.PublishAsync(stayers[0], socket.User, "before");

        var table = stayers[0].Board.Placement!;
        Assert.Contains(sockets, socket => socket.Node == lost.Name);
        await lost.DisposeAsync();
        cluster.Forget(lost);

        var heads = await Task.WhenAll(sockets.Select(socket => TestCluster.PublishUntilAcceptedAsync(stayers[1], socket.User, "after")));
        Assert.All(heads, head => Assert.Equal(2, head));
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Seqs.Length >= 2), "a socket did not attach again");
        Assert.All(sockets, socket => Assert.Equal([1, 2], socket.Seqs));
        Assert.All(sockets, socket => Assert.Empty(socket.Reconnects));
        await TestCluster.UntilAsync(() => stayers.All(node => node.Board.Placement!.Version > table.Version), "no new table was published");
        Assert.All(stayers, node => Assert.Equal(table.Table.Of(lost.Name), table.Table.MovedTo(node.Board.Placement!.Table)));
    }

    [Fact]
    public async Task Those_who_lost_their_user_attach_again_a_few_at_a_time_however_many_they_are()
    {
        // Long enough that nobody gives its turn back while the store is held.
        await using var cluster = await TestCluster.StartAsync(3, askAgainAfter: TimeSpan.FromSeconds(30));
        await cluster.SettleAsync();
        var (stayer, lost) = (cluster.Nodes[0], cluster.Nodes[2]);
        var sockets = Enumerable.Range(0, Users).Select(i => stayer.Open($"user-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.TrueForAll(socket => socket.Node.Length > 0), "not every socket got its ready");
        var orphans = sockets.Where(socket => socket.Node == lost.Name).ToList();
        Assert.True(orphans.Count > TestNode.AttachTurnsAtOnce, $"{orphans.Count} of them are too few");

        cluster.Recoveries.Hold();
        await lost.DisposeAsync();
        cluster.Forget(lost);
        await TestCluster.UntilAsync(() => cluster.Recoveries.Now == TestNode.AttachTurnsAtOnce, "so many do not attach again");
        cluster.Recoveries.Release();
        await TestCluster.UntilAsync(() => stayer.SocketsHere.All.All(socket => socket.Owner != lost.Name), "a socket did not attach again");
        Assert.Equal(Users, stayer.SocketsHere.All.Count());
        Assert.Equal(TestNode.AttachTurnsAtOnce, cluster.Recoveries.Most);
    }

    /// <summary>
    /// A shard is placed when the coordinator's nodes have agreed on it. The dead one answers nothing, and is a member until the others have put it out:
    /// whose shard was nobody's yet is not to wait for that.
    /// </summary>
    [Fact]
    public async Task While_a_lost_node_still_is_a_member_shards_are_placed_on_the_others()
    {
        await using var cluster = await TestCluster.StartAsync(3);
        var (stayer, lost) = (cluster.Nodes[0], cluster.Nodes[2]);
        var users = Enumerable.Range(0, 100_000).Select(i => UserId.Parse($"new-{i}")).DistinctBy(user => ShardId.Of(user, TestCluster.Shards)).Take(TestCluster.Shards).ToList();
        var address = lost.Address;
        await lost.DisposeAsync();
        cluster.Forget(lost);

        // Those whose shard falls to the lost node may have to wait; the others are two thirds.
        var served = 0;
        var all = users.Select(async user =>
        {
            await TestCluster.PublishUntilAcceptedAsync(stayer, user, "first");
            if (stayer.Knows(address)) Interlocked.Increment(ref served);
        }).ToList();
        await Task.WhenAll(all);
        Assert.InRange(served, users.Count / 3, users.Count);
    }

    /// <summary>
    /// A coordinator that has not heard of a removal yet still names the lost region, and who asked watches it and sends to it until it is found dead. The cluster's detector has done with such a
    /// node: remoting's own has to find it, and that waits for 10 s and more by default.
    /// </summary>
    [Fact]
    public async Task Who_is_told_of_a_node_that_was_removed_already_finds_out_soon()
    {
        await using var cluster = await TestCluster.StartAsync(3, canBeCut: true);
        var (stayer, lost) = (cluster.Nodes[0], cluster.Nodes[2]);
        var address = lost.Address;
        var there = await stayer.System.ActorSelection($"{address}/user/sockets").ResolveOne(TestCluster.Patience);
        // A process that has ended refuses connections, which is noticed at once.
        await Links.CutAsync(lost.System, stayer.System, cluster.Nodes[1].System);
        await TestCluster.UntilAsync(() => !stayer.Knows(address), "the lost node was not removed");

        var dead = new TaskCompletionSource();
        stayer.System.ActorOf(Props.Create(() => new Watcher(there, dead)));
        await dead.Task.WaitAsync(TimeSpan.FromSeconds(13));
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef watched, TaskCompletionSource dead)
        {
            Context.Watch(watched);
            Receive<Terminated>(_ => dead.SetResult());
        }
    }
}
