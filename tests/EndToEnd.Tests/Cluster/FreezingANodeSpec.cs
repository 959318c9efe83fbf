using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

/// <summary>Two incarnations of the same users: those of a node that stood still until it was given up, and those that took over.</summary>
[Collection(Moving.Name)]
public sealed class FreezingANodeSpec(ITestOutputHelper log)
{
    // What a member that was put out ends with, as docs/operations.md says.
    private const int Downed = 3;

    private const int Users = 16;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [RedisFact]
    public async Task Given_up_and_going_on_it_forks_no_log_leaves_no_socket_behind_and_ends_with_3()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2, ("Drain:DeadlineMs", 5_000), ("Reconnect:GraceMs", 600_000));
        var (stays, frozen) = (cluster.Nodes[0], cluster.Nodes[1]);
        // Before that the first node may have all users.
        await cluster.SettledAsync([]);
        await using var crowd = await ChattingCrowd.StartAsync(cluster.Nodes, Users);
        var moved = await crowd.OwnedByAsync(frozen);
        Assert.NotEmpty(moved);

        // A device more: of who moves, on either node; of who stays, on the frozen one.
        await using var beside = await WatchedSocket.OpenAsync(stays, moved[0], "beside");
        await using var inside = await WatchedSocket.OpenAsync(frozen, moved[0], "inside");
        await using var across = await WatchedSocket.OpenAsync(frozen, crowd.Names.First(name => !moved.Contains(name)), "across");
        await crowd.FlowsAsync();

        frozen.Send(Signal.Stop);
        // Sent into the frozen node: its user reads it when it goes on, and is another node's by then.
        await inside.SendAsync(FrameText.Send(inside.User, "into-the-ice"));
        await Task.WhenAll(moved.Select(user => crowd.PublishAsync(stays, user)));
        frozen.Send(Signal.Continue);
        // Asked at once, it may not yet know that it was given up; what it accepts counts.
        await Task.WhenAll(moved.Select(user => crowd.TryPublishAsync(frozen, user)));

        foreach (var socket in (WatchedSocket[])[inside, across])
        {
            Assert.Equal(1012, await socket.Closed.Within(Settle));
            Assert.Equal(["drain"], socket.Reconnects);
            Assert.Empty(socket.Of("ok"));
        }
        Assert.Equal(Downed, await frozen.ExitAsync(Settle));
        Assert.Contains("put out of the cluster", frozen.Output.Text, StringComparison.Ordinal);

        frozen.Launch();
        await cluster.FormedAsync();
        await crowd.FlowsAsync();
        await crowd.CheckAsync(cluster);
        Assert.False(beside.Closed.IsCompleted);
        foreach (var socket in (WatchedSocket[])[beside, inside, across]) await crowd.HasAllAsync(socket);
    }
}
