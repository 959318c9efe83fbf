using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

/// <summary>Two incarnations of the same users on both sides of a cut link, while all nodes reach Redis and the sockets stay.</summary>
[Collection(Moving.Name)]
public sealed class CutOffFromTheClusterSpec(ITestOutputHelper log)
{
    // What a member that was put out ends with, as docs/operations.md says.
    private const int Downed = 3;

    private const string SecondWriter = "so somebody else writes it too";
    private const int Users = 16;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [NetworkFact]
    public Task The_smaller_part_serves_nothing_durable_and_ends_and_each_log_is_one() => CutAsync(BuiltNode.Path, (smaller, accepted, written) =>
    {
        Assert.DoesNotContain(true, accepted);
        Assert.Contains("hears 1 of 3 members", smaller.Output.Text, StringComparison.Ordinal);
    });

    /// <summary>A node that believes in its cluster for too long is what the store's refusal is for: it goes on writing while others have its users.</summary>
    [NetworkFact]
    public Task A_node_that_goes_on_writing_is_refused_by_the_store_told_by_the_others_and_each_log_is_one() =>
        CutAsync(BuiltNode.With("akka.cluster.failure-detector.acceptable-heartbeat-pause = 600 s"), (smaller, accepted, written) =>
        {
            Assert.Contains(SecondWriter, written, StringComparison.Ordinal);
            Assert.Contains("has put this one out of the cluster", smaller.Output.Text, StringComparison.Ordinal);
        });

    /// <param name="program">What the node runs that is going to be cut off.</param>
    /// <param name="check">Given that node when it has ended, whether it accepted each message of the time of two incarnations, and what both nodes wrote by then.</param>
    private async Task CutAsync(string program, Action<NodeProcess, IReadOnlyList<bool>, string> check)
    {
        await using var network = await Network.CreateAsync(3);
        await using var cluster = await ProcessCluster.StartAsync(log, network, [BuiltNode.Path, program], ("Drain:DeadlineMs", 5_000), ("Reconnect:GraceMs", 600_000));
        var (larger, smaller) = (cluster.Nodes[0], cluster.Nodes[1]);
        // Before that the first node may have all users.
        await cluster.SettledAsync([]);
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
        var accepted = await Task.WhenAll(moved.Select(user => crowd.TryPublishAsync(smaller, user)));
        var written = larger.Output.Text + smaller.Output.Text;
        await network.HealAsync();

        foreach (var socket in (WatchedSocket[])[inside, across])
        {
            Assert.Equal(1012, await socket.Closed.Within(Settle));
            Assert.Equal(["drain"], socket.Reconnects);
        }
        Assert.Equal(Downed, await smaller.ExitAsync(Settle));
        check(smaller, accepted, written);

        smaller.Launch();
        await cluster.FormedAsync();
        await crowd.FlowsAsync();
        await crowd.CheckAsync(cluster);
        Assert.False(beside.Closed.IsCompleted);
        foreach (var socket in (WatchedSocket[])[beside, inside, across]) await crowd.HasAllAsync(socket);
    }
}
