using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

/// <summary>Two incarnations of the same users on both sides of a cut link, while all nodes reach Redis and the sockets stay.</summary>
[Collection(Heavy.Name)]
public sealed class CutOffFromTheClusterSpec(ITestOutputHelper log)
{
    // What a member that was put out ends with, as docs/operations.md says.
    private const int Downed = 3;

    private const int Users = 16;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [NetworkFact]
    public Task The_smaller_part_serves_nothing_durable_and_ends_and_each_log_is_one() => CutAsync("");

    /// <summary>A node that believes in its cluster for too long is what the store's own refusal is for: it writes while others have its users.</summary>
    [NetworkFact]
    public Task A_node_that_goes_on_writing_is_refused_by_the_store_and_each_log_is_one() =>
        CutAsync("akka.cluster.failure-detector.acceptable-heartbeat-pause = 600 s");

    private async Task CutAsync(string hocon)
    {
        await using var network = await Network.CreateAsync(3);
        await using var cluster = await ProcessCluster.StartAsync(
            log, network, [BuiltNode.Path, hocon.Length == 0 ? BuiltNode.Path : BuiltNode.With(hocon)], ("Drain:DeadlineMs", 5_000));
        var (larger, smaller) = (cluster.Nodes[0], cluster.Nodes[1]);
        await using var crowd = await ChattingCrowd.StartAsync(cluster.Nodes, Users);
        var moved = await crowd.OwnedByAsync(smaller);
        Assert.NotEmpty(moved);
        await using var beside = await WatchedSocket.OpenAsync(larger, moved[0], "beside");
        await using var inside = await WatchedSocket.OpenAsync(smaller, moved[0], "inside");
        await using var across = await WatchedSocket.OpenAsync(smaller, crowd.Names.First(name => !moved.Contains(name)), "across");
        await crowd.FlowsAsync();

        await network.CutOffAsync(network.Hosts[2]);
        await Task.WhenAll(moved.Select(user => crowd.PublishAsync(larger, user)));
        // The former owners are there, too.
        await Task.WhenAll(moved.Select(user => crowd.TryPublishAsync(smaller, user)));
        log.WriteLine($"smaller accepted; {smaller.Output.Text.Split("second writer").Length}");
        await network.HealAsync();

        foreach (var socket in (WatchedSocket[])[inside, across])
        {
            Assert.Equal(1012, await socket.Closed.Within(Settle));
            Assert.Equal(["drain"], socket.Reconnects);
        }
        Assert.Equal(Downed, await smaller.ExitAsync(Settle));
        smaller.Launch();
        await cluster.FormedAsync();
        await crowd.FlowsAsync();
        await crowd.CheckAsync(cluster);
        Assert.False(beside.Closed.IsCompleted);
        foreach (var socket in (WatchedSocket[])[beside, inside, across]) await crowd.HasAllAsync(socket);
    }
}
