using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

/// <summary>Two incarnations of the same users: those of a node that stood still until it was given up, and those that took over.</summary>
[Collection(Heavy.Name)]
public sealed class FreezingANodeSpec(ITestOutputHelper log)
{
    // What a member that was put out ends with, as docs/operations.md says.
    private const int Downed = 3;

    private const int Users = 16;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [RedisFact]
    public async Task Given_up_and_going_on_it_forks_no_log_leaves_no_socket_behind_and_ends_with_3()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2, ("Drain:DeadlineMs", 5_000));
        var (stays, frozen) = (cluster.Nodes[0], cluster.Nodes[1]);
        await using var crowd = await ChattingCrowd.StartAsync(cluster.Nodes, Users);
        var moved = await crowd.OwnedByAsync(frozen);
        Assert.NotEmpty(moved);

        // A device more: of who moves, beside the node that stays; of who stays and of who moves, on the one that is frozen.
        var who = moved[0];
        var (beside, _) = await RawSocket.ReadyAsync(stays, $"?user={who}&device=beside");
        var (inside, ready) = await RawSocket.ReadyAsync(frozen, $"?user={who}&device=inside");
        var (across, _) = await RawSocket.ReadyAsync(frozen, $"?user={crowd.Names.First(name => !moved.Contains(name))}&device=across");
        await crowd.FlowsAsync();

        frozen.Send(Signal.Stop);
        // Sent into the frozen node: its user reads it when it goes on, and is another node's by then.
        await inside.SendAsync(FrameText.Send(who, "into-the-ice"));
        await Task.WhenAll(moved.Select(user => crowd.PublishAsync(stays, user)));
        frozen.Send(Signal.Continue);
        // Asked at once, it may not yet know that it was given up; what it accepts counts.
        await Task.WhenAll(moved.Select(user => crowd.TryPublishAsync(frozen, user)));

        var told = await Task.WhenAll(inside.ReadCloseAsync(Settle), across.ReadCloseAsync(Settle));
        Assert.All(told, socket => Assert.Equal(1012, socket.Code));
        Assert.All(told, socket => Assert.Contains(socket.Before, frame => frame.Text("type") == "reconnect"));
        Assert.DoesNotContain(told[0].Before, frame => frame.Text("type") == "ok");
        Assert.Equal(Downed, await frozen.ExitAsync(Settle));
        Assert.Contains("put out of the cluster", frozen.Output.Text, StringComparison.Ordinal);

        frozen.Launch();
        await cluster.FormedAsync();
        await crowd.FlowsAsync();
        await crowd.CheckAsync(cluster);

        // Each other device has the whole log: over its socket that stayed, and from where it was over a new one.
        var head = (await stays.Backend.DescribeAsync(who)).Number("head");
        await SeqsUpToAsync(beside, 1, head);
        var seen = told[0].Before.Where(frame => frame.Text("type") == "msg").Select(frame => frame.Number("seq")).ToList();
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(seq => (long)seq), seen);
        var (resumed, _) = await RawSocket.ReadyAsync(stays, $"?user={who}&device=inside&epoch={ready.Text("epoch")}&seq={seen.Count}");
        await SeqsUpToAsync(resumed, seen.Count + 1, head);
    }

    /// <summary>Reads messages only, one after the other.</summary>
    private static async Task SeqsUpToAsync(RawSocket socket, long first, long last)
    {
        for (var seq = first; seq <= last; seq++) Assert.Equal(seq, (await socket.ReadAsync("msg")).Number("seq"));
    }
}
