using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Measuring;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>A node is killed. Clients come back with jittered back-off, to a node that lives; a user is served again when a message that was sent after the kill has come.</summary>
internal sealed class CrashScenario : Scenario
{
    /// <summary>How often everybody gets a message meanwhile. It waits for its user, and comes as soon as they are served.</summary>
    private const double PerUser = 0.5;

    /// <summary>How often a peer's user does who was on the node: what nobody takes is gone, so how soon they are served again shows with the next one.</summary>
    private const double PerLostUser = 5;

    // As bench/Load has it for the client library.
    private static readonly TimeSpan BackoffBase = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BackoffCap = TimeSpan.FromSeconds(5);

    public override string Key => "crash";

    /// <summary>Three, so that a majority stays; peers need none.</summary>
    public override int Nodes => 3;

    public override string? WhyNot(Contender contender) => contender.MostNodes == 1 ? "one process: nobody is left" : null;

    public override Task RunAsync(Stage stage, Servers servers, CancellationToken stop) => stage.Contender.IsOurs ? OursAsync(stage, servers, stop) : PeerAsync(stage, servers, stop);

    private async Task OursAsync(Stage stage, Servers servers, CancellationToken stop)
    {
        var sizes = stage.Sizes;
        await using var followers = new Followers(stage, servers, sizes.CrashUsers);
        await followers.OpenAsync(stop).ConfigureAwait(false);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sending = followers.SendAsync(followers.Users, sizes.CrashUsers * PerUser, end.Token);
        await Task.Delay(sizes.WarmUp, stop).ConfigureAwait(false);

        var servedAt = new ConcurrentDictionary<object, long>();
        var killedAt = Stopwatch.GetTimestamp();
        foreach (var user in followers.Users) user.Heard = (who, sentAt) => Note(servedAt, who, sentAt, killedAt);
        await Servers.KillAsync(servers.Nodes[1]).ConfigureAwait(false);
        await Patience.UntilAsync(() => servedAt.Count == sizes.CrashUsers && followers.Users.All(user => user.IsConnected), sizes.Patience, stop).ConfigureAwait(false);
        Tell(stage, servedAt, killedAt, sizes.CrashUsers);
        await end.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await followers.SettleAsync(stage, Metrics.CrashLost, stop).ConfigureAwait(false);
    }

    private async Task PeerAsync(Stage stage, Servers servers, CancellationToken stop)
    {
        var sizes = stage.Sizes;
        await using var crowd = new Crowd(stage.Contender.Wire, servers.Addresses);
        var sockets = await crowd.OpenAsync(Enumerable.Range(0, sizes.CrashUsers).Select(i => new Place($"u{i}", i % 3)), stop).ConfigureAwait(false);
        var users = sockets.Where(socket => socket.Node == 1).Select(socket => socket.User).ToArray();
        var living = sockets.Where(socket => socket.Node != 1).ToArray();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task sending = Pacer.RunAsync(users.Length * PerLostUser, TimeSpan.FromHours(1), (n, sentAt) => living[n % living.Length].Send(users[n % users.Length], sentAt, n, durable: false), end.Token);
        await Task.Delay(sizes.WarmUp, stop).ConfigureAwait(false);

        var servedAt = new ConcurrentDictionary<object, long>();
        var killedAt = Stopwatch.GetTimestamp();
        crowd.Heard = (socket, sentAt) => Note(servedAt, socket.User, sentAt, killedAt);
        crowd.Lost = socket => _ = ComeBackAsync(crowd, socket.User, end.Token);
        await Servers.KillAsync(servers.Nodes[1]).ConfigureAwait(false);
        await Patience.UntilAsync(() => servedAt.Count == users.Length, sizes.Patience, stop).ConfigureAwait(false);
        Tell(stage, servedAt, killedAt, users.Length);
        await end.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task ComeBackAsync(Crowd crowd, string user, CancellationToken stop)
    {
        for (var bound = BackoffBase; ; bound = bound * 2 < BackoffCap ? bound * 2 : BackoffCap)
        {
            try
            {
                await Task.Delay(bound * Random.Shared.NextDouble(), stop).ConfigureAwait(false);
                await crowd.OpenAsync(new Place(user, Random.Shared.Next(2) * 2), stop).ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (fault is SocketException or UpgradeRefusedException)
            {
                // Once more.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static void Note(ConcurrentDictionary<object, long> servedAt, object user, long sentAt, long killedAt)
    {
        if (sentAt >= killedAt) servedAt.TryAdd(user, Stopwatch.GetTimestamp());
    }

    private void Tell(Stage stage, ConcurrentDictionary<object, long> servedAt, long killedAt, int users)
    {
        if (servedAt.Count == users) stage.Add(Metrics.CrashServed, servedAt.Values.Max(at => Stopwatch.GetElapsedTime(killedAt, at).TotalSeconds));
        else stage.Results.Fault(stage.Contender, $"{Key}: {users - servedAt.Count} of {users} users were not served again");
    }
}
