using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Cluster.Tests;

public sealed class ManySocketsOfAUserOnAnotherNodeSpec
{
    private static readonly UserId Alice = UserId.Parse("alice");

    [Fact]
    public async Task Each_gets_every_message_once_and_in_order_while_some_of_them_come_and_go()
    {
        await using var cluster = await TestCluster.StartAsync(2);
        await cluster.SettleAsync();
        var stay = Enumerable.Range(0, 12).Select(i => cluster.Nodes[i % 2].Open("alice", $"stays-{i}")).ToList();
        await TestCluster.UntilAsync(() => stay.TrueForAll(socket => socket.Node.Length > 0), "a socket has no ready");
        Assert.Contains(stay, socket => socket.Node != socket.On.Name);

        // One and more on the other node by turns.
        var comeAndGo = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                var socket = cluster.Nodes[i % 2].Open("alice", "comes-and-goes");
                await TestCluster.UntilAsync(() => socket.Node.Length > 0, "a socket has no ready");
                await socket.CloseAsync();
            }
        });
        for (var n = 1; n <= 200; n++)
        {
            Assert.Equal(n, await TestCluster.PublishAsync(cluster.Nodes[n % 2], Alice, $"m{n}"));
            if (n % 10 == 0) await cluster.Nodes[n / 10 % 2].Asker.AskAsync(new SendEphemeral(Alice, null, MessageId.Parse($"e{n}"), JsonData.FromString("1")), CancellationToken.None);
        }
        await comeAndGo;

        await TestCluster.UntilAsync(() => stay.TrueForAll(socket => socket is { Seqs.Length: >= 200, Ephemeral: >= 20 }), "a message is missing");
        Assert.All(stay, socket => Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), socket.Seqs));
        Assert.All(stay, socket => Assert.Equal(20, socket.Ephemeral));
    }
}
