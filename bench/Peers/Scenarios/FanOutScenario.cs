using System.Diagnostics;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Measuring;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>One user with many devices on both nodes, and one socket that gets everything at once.</summary>
internal sealed class FanOutScenario : Scenario
{
    private const int Senders = 10;
    private const string Receiver = "fan";

    public override string Key => "fanout";

    public override bool SharesServers => true;

    public override async Task RunAsync(Stage stage, Servers servers, CancellationToken stop)
    {
        var sizes = stage.Sizes;
        await using var crowd = new Crowd(stage.Contender.Wire, servers.Addresses);
        Place[] places =
        [
            .. Enumerable.Range(0, Senders).Select(i => new Place($"s{i}", i % 2)),
            .. Enumerable.Range(0, sizes.Devices).Select(i => new Place(Receiver, i % 2, $"d{i}")),
            new Place("one", 1),
        ];
        var sockets = await crowd.OpenAsync(places, stop).ConfigureAwait(false);
        var traffic = new Traffic(crowd, servers, sockets, places, n => (n % Senders, Receiver), sizes.Devices);
        await traffic.WarmUpAsync(sizes.FanOutRate, sizes, stop).ConfigureAwait(false);

        var steady = await traffic.MeasureAsync(sizes.FanOutRate, sizes.Steady, sizes.Patience, stop).ConfigureAwait(false);
        stage.Add(Metrics.FanOutCpu, steady.CpuPerThousand * 100);
        if (steady.Window is { Missing: > 0 } or { Duplicated: > 0 })
            stage.Results.Fault(stage.Contender, $"{Key}: of {steady.Window.Expected} deliveries {steady.Window.Missing} are missing, {steady.Window.Duplicated} came twice");
        var (highest, _) = await traffic.FindHighestAsync(sizes.FanOut, sizes.Step, stop).ConfigureAwait(false);
        if (highest is { } found) stage.Add(Metrics.FanOutHighest, found * sizes.Devices);
        else stage.Results.CanNot(stage.Contender, Metrics.FanOutHighest, "no rate that was tried held");

        await crowd.RepairAsync(sockets, places, stop).ConfigureAwait(false);
        var senders = sockets.Take(Senders).Where((_, i) => places[i].Node == 0).ToArray();
        if (await BurstsAsync(crowd, senders, places[^1].User, sizes, stop).ConfigureAwait(false) is { } pace) stage.Add(Metrics.Burst, pace);
        else stage.Results.CanNot(stage.Contender, Metrics.Burst, "a burst did not come whole");
    }

    /// <summary>Each sender's part in one write, all at once, to one socket on the other node: messages a second from the first write to the last arrival. Null when something is missing.</summary>
    private static async Task<double?> BurstsAsync(Crowd crowd, PeerSocket[] senders, string to, Sizes sizes, CancellationToken stop)
    {
        var paces = new List<double>();
        var each = sizes.BurstMessages / senders.Length;
        for (var burst = 0; burst < sizes.Bursts; burst++)
        {
            var count = each * senders.Length;
            var window = new Window(Stage.TakeNumbers(count), count);
            crowd.Count(window);
            var started = Stopwatch.GetTimestamp();
            window.Sending(window.First + count - 1, started);
            for (var i = 0; i < senders.Length; i++) senders[i].SendBurst(to, started, window.First + (i * each), each);
            while (!window.IsComplete)
            {
                if (Stopwatch.GetElapsedTime(started) > sizes.Patience) return null;
                await Task.Delay(1, stop).ConfigureAwait(false);
            }
            paces.Add(count / Stopwatch.GetElapsedTime(started, window.LastArrival).TotalSeconds);
        }
        return Statistics.Median(paces);
    }
}
