using System.Diagnostics;
using AkkaSockets.Load;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>Sockets that do nothing: what they hold, and what it takes to let them in.</summary>
internal sealed class IdleScenario : Scenario
{
    public override string Key => "idle";

    public override async Task RunAsync(Stage stage, Servers servers, CancellationToken stop)
    {
        var (sizes, wire) = (stage.Sizes, stage.Contender.Wire);
        await using (var first = new Crowd(wire, servers.Addresses)) await first.OpenAsync(PlacesOf("w", sizes.WarmUpSockets), stop).ConfigureAwait(false);
        await Task.Delay(sizes.Settle, stop).ConfigureAwait(false);
        var empty = servers.Usage();

        await using var crowd = new Crowd(wire, servers.Addresses);
        var started = Stopwatch.GetTimestamp();
        await crowd.OpenAsync(PlacesOf("u", sizes.IdleSockets), stop).ConfigureAwait(false);
        stage.Add(Metrics.Accepts, sizes.IdleSockets / Stopwatch.GetElapsedTime(started).TotalSeconds);

        await Task.Delay(sizes.Settle, stop).ConfigureAwait(false);
        var settled = servers.Usage();
        stage.Add(Metrics.AcceptCpu, (settled.CpuSeconds - empty.CpuSeconds) / sizes.IdleSockets * 1000);

        var idleFrom = Stopwatch.GetTimestamp();
        await Task.Delay(sizes.Idle, stop).ConfigureAwait(false);
        var idle = servers.Usage();
        stage.Add(Metrics.IdleCpu, (idle.CpuSeconds - settled.CpuSeconds) * 1000 / Stopwatch.GetElapsedTime(idleFrom).TotalSeconds);
        stage.Add(Metrics.BytesPerSocket, (double)(idle.ResidentBytes - empty.ResidentBytes) / sizes.IdleSockets);
        if (crowd.Troubles.Total > 0) stage.Tell($"{stage.Contender.Name}, {Key}: {Tally.Describe(crowd.Troubles.ToDictionary())}");
        if (crowd.Open < sizes.IdleSockets) stage.Results.Fault(stage.Contender, $"{Key}: {sizes.IdleSockets - crowd.Open} of {sizes.IdleSockets} sockets were lost while idle");
    }

    private static IEnumerable<Place> PlacesOf(string prefix, int count) => Enumerable.Range(0, count).Select(i => new Place($"{prefix}{i}", i % 2));
}
