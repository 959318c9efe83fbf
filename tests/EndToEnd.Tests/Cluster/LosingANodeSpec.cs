using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

[Collection(Heavy.Name)]
public sealed class LosingANodeSpec(ITestOutputHelper log)
{
    // What a member that was put out ends with, as docs/operations.md says.
    private const int Downed = 3;

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(120);

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

    [RedisFact]
    public async Task Frozen_until_it_was_given_up_it_serves_no_durable_message_tells_its_sockets_to_come_back_and_ends_with_3()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2, ("Drain:DeadlineMs", 5_000));
        var (stays, frozen) = (cluster.Nodes[0], cluster.Nodes[1]);
        var user = await ProcessCluster.UserOfAsync(frozen);
        var (socket, _) = await RawSocket.ReadyAsync(frozen, $"?user={user}");
        Assert.Equal(1, await stays.Backend.PublishAsync(user, "1", "m1"));
        await socket.ReadAsync("msg");

        frozen.Send(Signal.Stop);
        // Sent into the frozen node: its user reads it when it goes on, and is another node's by then.
        await socket.SendAsync($$"""{"type":"send","id":"into-the-ice","to":"{{user}}","data":1}""");
        Assert.Equal(2, await ProcessCluster.PublishUntilAcceptedAsync(stays, user, "m2"));
        Assert.Equal(3, await ProcessCluster.PublishUntilAcceptedAsync(stays, user, "m3"));
        frozen.Send(Signal.Continue);

        var (code, _, before) = await socket.ReadCloseAsync(EndsWithin);
        Assert.Equal(1012, code);
        Assert.Contains(before, frame => frame.GetProperty("type").GetString() == "reconnect");
        Assert.DoesNotContain(before, frame => frame.GetProperty("type").GetString() == "ok");
        Assert.Equal(Downed, await frozen.ExitAsync(EndsWithin));
        Assert.Contains("put out of the cluster", frozen.Output.Text, StringComparison.Ordinal);

        // One log: what both have acknowledged, once and in order, and the next message after it.
        Assert.Equal(4, await ProcessCluster.PublishUntilAcceptedAsync(stays, user, "m4"));
        var (again, ready) = await RawSocket.ReadyAsync(stays, $"?user={user}&device=other");
        Assert.Equal(4, ready.GetProperty("head").GetInt64());
        for (var seq = 1; seq <= 4; seq++)
        {
            var message = await again.ReadAsync("msg");
            Assert.Equal((seq, $"m{seq}"), (message.GetProperty("seq").GetInt32(), message.GetProperty("id").GetString()));
        }

        frozen.Launch();
        await cluster.FormedAsync();
    }
}
