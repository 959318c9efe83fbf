using AkkaSockets.Messages.Frames;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Cluster.Tests;

public sealed class SocketsOfAUserAreCountedAcrossNodesSpec
{
    [Fact]
    public async Task However_they_are_spread_no_more_than_the_limit_are_served_and_room_that_is_left_is_given_again()
    {
        var most = new LimitsOptions().SocketsPerUser;
        await using var cluster = await TestCluster.StartAsync(3);
        await cluster.SettleAsync();

        // At once and through all nodes, none of which has as many as the limit allows.
        var sockets = Enumerable.Range(0, most + 9).Select(i => cluster.Nodes[i % 3].Open("alice", $"device-{i}")).ToList();
        await TestCluster.UntilAsync(() => sockets.All(socket => socket.Node.Length > 0 || socket.Web.Closed.Task.IsCompleted), "a socket has no answer");

        var served = sockets.Where(socket => socket.Node.Length > 0).ToList();
        Assert.Equal(most, served.Count);
        foreach (var refused in sockets.Except(served)) Assert.Equal((int)CloseCode.TooManySockets, (await refused.Web.Closed.Task).Code);
        Assert.DoesNotContain(served, socket => socket.Web.Closed.Task.IsCompleted);
        // Each node was asked for ten: the limit was reached across nodes.
        Assert.InRange(served.Select(socket => socket.On).Distinct().Count(), 2, 3);

        // A device that comes back takes its own place, on whichever node.
        var again = cluster.Nodes.First(node => node != served[0].On).Open("alice", $"device-{sockets.IndexOf(served[0])}");
        await TestCluster.UntilAsync(() => again.Node.Length > 0, "the device was not let in again");
        Assert.Equal((int)CloseCode.Replaced, (await served[0].Web.Closed.Task.WaitAsync(TestCluster.Patience)).Code);

        await served[1].CloseAsync();
        await OpenUntilServedAsync(cluster.Nodes[2]);
    }

    /// <summary>The place is free once the entity has heard that the other is gone.</summary>
    private static async Task OpenUntilServedAsync(TestNode node)
    {
        for (var i = 0; ; i++)
        {
            var socket = node.Open("alice", $"later-{i}");
            await TestCluster.UntilAsync(() => socket.Node.Length > 0 || socket.Web.Closed.Task.IsCompleted, "the socket has no answer");
            if (socket.Node.Length > 0) return;
            Assert.InRange(i, 0, 1_000);
        }
    }
}
