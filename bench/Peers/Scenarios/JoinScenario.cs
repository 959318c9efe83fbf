using System.Collections.Concurrent;
using System.Diagnostics;
using AkkaSockets.Load;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Measuring;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>A third node joins two that have many users, some of whom get messages all the time.</summary>
internal sealed class JoinScenario : Scenario
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public override string Key => "join";

    public override string? WhyNot(Contender contender) => contender.IsOurs ? null : "moves nobody: a new node gets new sockets only";

    public override async Task RunAsync(Stage stage, Servers servers, CancellationToken stop)
    {
        var sizes = stage.Sizes;
        await using var followers = new Followers(stage, servers, sizes.JoinUsers);
        await followers.OpenAsync(stop).ConfigureAwait(false);
        var shards = await ClusterLook.ShardsAsync(servers.Nodes[0], followers.Users.Select(user => user.Name), stop).ConfigureAwait(false);
        var running = shards.Values.ToHashSet();
        var before = (await EvenAsync(servers.Nodes[0], 2, running, sizes.Patience, stop).ConfigureAwait(false)).Look;

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var listeners = followers.Users.Take(sizes.JoinListeners).ToArray();
        var sending = followers.SendAsync(listeners, sizes.JoinListeners * sizes.MessagesPerListener, end.Token);
        await Task.Delay(sizes.WarmUp, stop).ConfigureAwait(false);

        // After the warm-up: what the two had still to tell each other's users has been told.
        var framesBefore = followers.Users.ToDictionary(user => user, user => user.ReconnectFrames);
        var waits = new ConcurrentDictionary<LoadUser, double>();
        foreach (var user in listeners) user.Heard = (who, sentAt) => waits[who] = Math.Max(waits.GetValueOrDefault(who), Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
        await servers.StartAsync([((AkkaSocketsContender)stage.Contender).NextNode(servers)], stop).ConfigureAwait(false);
        var (after, evenAfter) = await EvenAsync(servers.Nodes[0], 3, running, sizes.Patience, stop).ConfigureAwait(false);
        var moved = followers.Users.Where(user => before.Owners[shards[user.Name]] != after.Owners[shards[user.Name]]).ToHashSet();
        var isOver = await Patience.UntilAsync(() => moved.All(user => IsTold(user) && user.IsConnected), sizes.Patience, stop).ConfigureAwait(false);
        await Task.Delay(sizes.WarmUp, stop).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await followers.SettleAsync(stage, Metrics.JoinLost, stop).ConfigureAwait(false);

        var gaps = waits.Where(wait => moved.Contains(wait.Key)).Select(wait => wait.Value).ToArray();
        var toMoved = moved.Count(IsTold);
        stage.Add(Metrics.JoinMoved, moved.Count);
        stage.Add(Metrics.JoinFrames, toMoved);
        stage.Add(Metrics.JoinStray, followers.Users.Sum(user => user.ReconnectFrames - framesBefore[user]) - toMoved);
        stage.Add(Metrics.JoinGapP50, Statistics.Percentile(gaps, 0.5));
        stage.Add(Metrics.JoinGapP99, Statistics.Percentile(gaps, 0.99));
        stage.Add(Metrics.JoinEven, evenAfter.TotalSeconds);
        if (!isOver) stage.Results.Fault(stage.Contender, $"{Key}: {moved.Count - toMoved} of {moved.Count} users that moved got no frame, {moved.Count(user => !user.IsConnected)} are not back");

        bool IsTold(LoadUser user) => user.ReconnectFrames > framesBefore[user];
    }

    /// <summary>Waits until it is even, and tells how long that took from the moment all nodes were Up.</summary>
    private static async Task<(ClusterLook Look, TimeSpan After)> EvenAsync(Member node, int nodes, HashSet<string> running, TimeSpan most, CancellationToken stop)
    {
        var (started, up) = (Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(started) < most)
        {
            if (await ClusterLook.AtAsync(node, stop).ConfigureAwait(false) is { } look)
            {
                if (up == 0 && look.Held.Keys.Count(name => name != "lighthouse") == nodes) up = Stopwatch.GetTimestamp();
                if (look.IsEven(nodes, running)) return (look, Stopwatch.GetElapsedTime(up));
            }
            await Task.Delay(LookEvery, stop).ConfigureAwait(false);
        }
        throw new LocalCluster.Commands.CommandException($"The cluster of {nodes} nodes did not become even");
    }
}
