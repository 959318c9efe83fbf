using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Cluster;

/// <summary>A join, a SIGTERM and a kill −9, one after the other, under traffic: who is told, who notices, and what arrives.</summary>
[Collection(Moving.Name)]
public sealed class AThirdNodeComesAndGoesSpec(ITestOutputHelper log)
{
    private const int Users = 24;
    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [RedisFact]
    public async Task Only_those_concerned_are_told_once_and_nothing_is_lost_repeated_or_reordered()
    {
        await using var cluster = await ProcessCluster.StartAsync(log, 2, ("Reconnect:GraceMs", 600_000), ("Drain:DeadlineMs", 300_000));
        var (first, second) = (cluster.Nodes[0], cluster.Nodes[1]);
        var users = Enumerable.Range(0, Users).Select(i => $"user-{i}").ToList();
        await cluster.SettledAsync(users);
        var followers = await Task.WhenAll(users.Select((user, i) => Follower.OpenAsync(cluster.Nodes[i % 2], user)));
        using var stop = new CancellationTokenSource();
        var publishing = Task.WhenAll(followers.Select(follower => PublishAsync(first, follower.User, stop.Token)));
        await FlowsAsync(followers, publishing);

        // Who moves to the newcomer is told.
        var third = cluster.Add();
        await cluster.FormedAsync();
        var owners = await cluster.SettledAsync(users);
        var moved = followers.Where((_, i) => owners[i] == third).ToList();
        Assert.InRange(moved.Count, 1, Users - 1);
        await ToldAsync(moved, "rebalance");
        await FlowsAsync(followers, publishing);
        Assert.All(moved, follower => Assert.Equal(["rebalance"], follower.Current.Reconnects));
        Assert.All(followers.Except(moved), follower => Assert.Empty(follower.Current.Reconnects));
        Assert.All(followers, follower => Assert.False(follower.Current.Closed.IsCompleted));
        Assert.Equal(moved.Count, await SumAsync("akkasockets_reconnect_frames_total{reason=rebalance}", first, second));
        // Those who are told hear it after their socket is attached to the next owner, which is what is measured.
        Assert.InRange(await SumAsync("akkasockets_handoff_seconds_count", first, second), moved.Count, Users);
        Assert.InRange(await SumAsync("akkasockets_handoff_seconds_sum", first, second), double.Epsilon, Users * Settle.TotalSeconds);
        Assert.Contains("histogram", (await Task.WhenAll(MetricsPage.ReadAsync(first), MetricsPage.ReadAsync(second))).Select(page => page.Types.GetValueOrDefault("akkasockets_handoff_seconds")));
        foreach (var follower in moved) await follower.MoveToAsync(third);

        // Told to stop, it tells its own.
        third.Send(Signal.Terminate);
        await ToldAsync(moved, "drain");
        await FlowsAsync(followers, publishing);
        Assert.All(moved, follower => Assert.Equal(["drain"], follower.Current.Reconnects));
        Assert.Equal(moved.Count, await SumAsync("akkasockets_reconnect_frames_total{reason=drain}", third));
        Assert.Equal(1, await SumAsync("akkasockets_draining", third));
        foreach (var follower in moved) await follower.MoveToAsync(first);
        Assert.Equal(0, await third.ExitAsync(Settle));
        Assert.Empty(third.Output.Faults);
        await cluster.ForgetAsync(third);
        await cluster.FormedAsync();
        Assert.All(followers, follower => Assert.Empty(follower.Current.Reconnects));
        Assert.All(followers, follower => Assert.False(follower.Current.Closed.IsCompleted));

        // Killed, it tells nobody; who sits elsewhere stays there, and is served again.
        owners = await cluster.SettledAsync(users);
        Assert.Contains(followers, follower => owners[users.IndexOf(follower.User)] == second && follower.Current.On == first);
        await second.KillAsync();
        await cluster.ForgetAsync(second);
        await cluster.SettledAsync(users);
        foreach (var follower in followers.Where(follower => follower.Current.On == second)) await follower.MoveToAsync(first);
        await FlowsAsync(followers, publishing);
        Assert.All(followers, follower => Assert.Empty(follower.Current.Reconnects));
        Assert.All(followers, follower => Assert.False(follower.Current.Closed.IsCompleted));

        await stop.CancelAsync();
        var heads = await publishing;
        await Eventually.TrueAsync(() => followers.Zip(heads).All(at => at.First.Seen.Count >= at.Second), "all that was accepted arrives", Settle);
        foreach (var (follower, head) in followers.Zip(heads))
        {
            Assert.Equal(Enumerable.Range(1, (int)head).Select(seq => (long)seq), follower.Seen);
            await StoredLog.AssertOneAsync(cluster.Redis, follower.User);
            await follower.DisposeAsync();
        }
    }

    /// <summary>One message after the other, each when the one before was accepted; the result is the newest seq.</summary>
    private static async Task<long> PublishAsync(NodeProcess through, string user, CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(PublishEvery);
        for (var n = 1L; ; n++)
        {
            Assert.Equal(n, await ProcessCluster.PublishUntilAcceptedAsync(through, user, $"m{n}"));
            try
            {
                await ticks.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return n;
            }
        }
    }

    private static async Task<double> SumAsync(string sample, params NodeProcess[] nodes)
    {
        var sum = 0.0;
        foreach (var node in nodes) sum += (await MetricsPage.ReadAsync(node))[sample] ?? 0;
        return sum;
    }

    private static Task ToldAsync(IReadOnlyList<Follower> followers, string reason) =>
        Eventually.TrueAsync(() => followers.All(follower => follower.Current.Reconnects.Contains(reason)), $"all are told to {reason}", Settle);

    /// <summary>Waits until everybody has got some more.</summary>
    private static Task FlowsAsync(IReadOnlyList<Follower> followers, Task publishing)
    {
        var enough = followers.Select(follower => follower.Seen.Count + 2).ToList();
        return Eventually.TrueAsync(async () =>
        {
            if (publishing.IsFaulted) await publishing;
            return followers.Zip(enough).All(at => at.First.Seen.Count >= at.Second);
        }, "messages reach everybody", Settle);
    }
}
