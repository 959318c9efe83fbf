using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

/// <summary>clients/js in Node.js while nodes come and go: it goes where it is told, and nothing is lost, repeated or out of order.</summary>
[Collection(ComingAndGoing.Name)]
public sealed class TalkingInJavaScriptSpec(ITestOutputHelper log)
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    // Slow enough that the log outlasts whatever time a busy machine leaves somebody away.
    private static readonly (string, string) Pace = ("PACE_MS", "100");

    [NodeJsClusterFact]
    public async Task A_join_a_drain_and_a_kill_cost_it_nothing()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2, ("Drain:DeadlineMs", 120_000));
        await cluster.SettledAsync([]);
        var third = cluster.Plan();
        var (sender, receiver) = await Movers.ToAsync(cluster.Nodes[0], NameOf(third));
        using var talk = await Conversation.StartAsync([.. cluster.Nodes, third], sender, receiver, Pace);
        await talk.GoesOnAsync(cluster.Nodes[0]);

        // Both live on the newcomer then, and are told.
        var before = new Dictionary<string, string?>();
        foreach (var user in (string[])[sender, receiver]) before[user] = await Conversation.SocketOfAsync(cluster.Nodes[0], user);
        cluster.Add(third);
        await cluster.FormedAsync();
        Assert.All(await cluster.SettledAsync([sender, receiver]), owner => Assert.Same(third, owner));
        await talk.SitAsync(third, (user, at) => at != before[user], "on another node");
        await talk.GoesOnAsync(third);

        // The node that has the receiver's socket is told to stop.
        var drained = await HostOfReceiverAsync(cluster, talk);
        drained.Send(Signal.Terminate);
        Assert.Equal(0, await drained.ExitAsync(Settle));
        Assert.Empty(drained.Output.Faults);
        await cluster.ForgetAsync(drained);
        await cluster.FormedAsync();
        await talk.SitAsync(cluster.Nodes[0], (_, at) => at != NameOf(drained), "on the two that are left");
        await talk.GoesOnAsync(cluster.Nodes[0]);

        // The one where it is now is killed.
        var killed = await HostOfReceiverAsync(cluster, talk);
        await killed.KillAsync();
        await cluster.ForgetAsync(killed);
        await cluster.SettledAsync([sender, receiver]);
        await talk.SitAsync(cluster.Nodes[0], (_, at) => at == NameOf(cluster.Nodes[0]), "on the last one");
        await talk.GoesOnAsync(cluster.Nodes[0]);

        var talked = await talk.EndAsync();
        log.WriteLine($"{talked}");
        Assert.Equal([("rebalance", (string?)null), ("drain", null)], talked.AskedOf(receiver));
        Assert.Contains(("rebalance", null), talked.AskedOf(sender));
        Assert.Contains((receiver, "reconnecting", "closed"), talked.Events);
        await StoredLog.AssertOneAsync(cluster.Redis, receiver);
    }

    [NodeJsClusterFact]
    public async Task It_follows_the_address_of_the_new_owner_on_a_join_and_on_a_drain()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2, ("Drain:DeadlineMs", 120_000), NodeProcess.AdvertisingItself);
        await cluster.SettledAsync([]);
        var (first, second, third) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Plan());
        var (sender, receiver) = await Movers.ToAsync(first, NameOf(third));
        // They know of no other node.
        using (var talk = await Conversation.StartAsync([first], sender, receiver, Pace))
        {
            await talk.GoesOnAsync(first);
            cluster.Add(third);
            await cluster.FormedAsync();
            await talk.SitAsync(first, (_, at) => at == NameOf(third), "on the newcomer");
            await talk.GoesOnAsync(first);

            var talked = await talk.EndAsync();
            log.WriteLine($"{talked}");
            foreach (var user in (string[])[sender, receiver]) Assert.Equal([("rebalance", third.SocketUrl.ToString())], talked.AskedOf(user));
        }

        await cluster.SettledAsync([]);
        (sender, receiver) = await Movers.OfAsync(first, third, second);
        // The only node that they know of goes away.
        using (var talk = await Conversation.StartAsync([third], sender, receiver, Pace))
        {
            await talk.GoesOnAsync(first);
            third.Send(Signal.Terminate);
            Assert.Equal(0, await third.ExitAsync(Settle));
            await cluster.ForgetAsync(third);
            await talk.SitAsync(first, (_, at) => at == NameOf(second), "on the heir");
            await talk.GoesOnAsync(first);

            var talked = await talk.EndAsync();
            log.WriteLine($"{talked}");
            foreach (var user in (string[])[sender, receiver]) Assert.Equal([("drain", second.SocketUrl.ToString())], talked.AskedOf(user));
        }
    }

    private static string NameOf(NodeProcess node) => node["Cluster:NodeName"];

    private static async Task<NodeProcess> HostOfReceiverAsync(ProcessCluster cluster, Conversation talk)
    {
        var name = await Conversation.SocketOfAsync(cluster.Nodes[0], talk.Receiver);
        return cluster.Nodes.Single(node => NameOf(node) == name);
    }
}
