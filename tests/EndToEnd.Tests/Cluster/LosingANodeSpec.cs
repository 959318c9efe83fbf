using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

[Collection(ComingAndGoing.Name)]
public sealed class LosingANodeSpec(ITestOutputHelper log)
{
    [RedisFact]
    public async Task After_kill_9_its_users_are_served_elsewhere_and_it_comes_back_at_its_address_at_once()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2);
        var (stays, goes) = (cluster.Nodes[0], cluster.Nodes[1]);
        var user = await ProcessCluster.UserOfAsync(goes);
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
}
