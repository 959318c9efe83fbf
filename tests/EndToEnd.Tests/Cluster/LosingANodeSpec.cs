using System.Globalization;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

[Collection(ComingAndGoing.Name)]
public sealed class LosingANodeSpec(ITestOutputHelper log)
{
    // As Akka's resolver tells what it does; quick is 1 s.
    private const string Waits = "waiting for stable-after = ";

    [RedisFact]
    public async Task After_kill_9_its_users_are_served_elsewhere_and_it_comes_back_at_its_address_at_once()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2);
        var (stays, goes) = (cluster.Nodes[0], cluster.Nodes[1]);
        var user = await cluster.UserOfAsync(goes);
        Assert.Equal(1, await stays.Backend.PublishAsync(user, "1", "m1"));

        await goes.KillAsync();
        Assert.Equal(2, await ProcessCluster.PublishUntilAcceptedAsync(stays, user, "m2"));

        // Its peers are connected to its port up to the end: the next life has to be able to bind it.
        goes.Launch();
        await cluster.FormedAsync();
        await goes.KillAsync();
        goes.Launch();
        await cluster.FormedAsync();
        Assert.Equal(3, await ProcessCluster.PublishUntilAcceptedAsync(goes, user, "m3"));
    }

    [RedisFact]
    public async Task With_quick_detection_every_member_gives_up_sooner_and_nothing_acknowledged_is_missing()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 3, ("Cluster:Detection", "quick"));
        // The leader, who is the one with the lowest address, decides, and says so. Were it lost, its successor would not.
        var nodes = cluster.Nodes.OrderBy(node => int.Parse(node["Cluster:Port"], CultureInfo.InvariantCulture)).ToList();
        var (stays, goes) = (nodes[0], nodes[^1]);
        var user = await cluster.UserOfAsync(goes);
        await using var socket = await WatchedSocket.OpenAsync(stays, user, "phone");
        Assert.Equal(1, await stays.Backend.PublishAsync(user, "1", "m1"));

        await goes.KillAsync();
        Assert.Equal(2, await ProcessCluster.PublishUntilAcceptedAsync(stays, user, "m2"));
        await Eventually.TrueAsync(() => socket.Seqs.SequenceEqual([1, 2]), "both have come, over the one socket");
        Assert.Empty(socket.Reconnects);
        var waits = cluster.Nodes.Append(cluster.Lighthouse).SelectMany(member => member.Output.Text.Split('\n')).Where(line => line.Contains(Waits, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(waits);
        Assert.All(waits, line => Assert.Contains($"{Waits}1000 ms", line, StringComparison.Ordinal));
    }
}
