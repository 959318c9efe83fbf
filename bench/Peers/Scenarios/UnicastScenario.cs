using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>From user to user, each on the other node, and nothing is kept.</summary>
internal sealed class UnicastScenario : Scenario
{
    public override string Key => "unicast";

    public override bool SharesServers => true;

    public override async Task RunAsync(Stage stage, Servers servers, CancellationToken stop)
    {
        var sizes = stage.Sizes;
        await using var crowd = new Crowd(stage.Contender.Wire, servers.Addresses);
        var traffic = await OpenAsync(crowd, servers, sizes, durable: false, stop).ConfigureAwait(false);
        await traffic.WarmUpAsync(sizes.HighRate, sizes, stop).ConfigureAwait(false);
        foreach (var (rate, names) in ((double, SteadyMetrics)[])[(sizes.LowRate, Metrics.UnicastLow), (sizes.HighRate, Metrics.UnicastHigh)])
        {
            var measured = await traffic.MeasureAsync(rate, sizes.Steady, sizes.Patience, stop).ConfigureAwait(false);
            names.Add(stage, measured);
            if (measured.Window is { Missing: > 0 } or { Duplicated: > 0 })
                stage.Results.Fault(stage.Contender, $"{Key}: of {measured.Sent} messages at {rate}/s {measured.Window.Missing} were lost, {measured.Window.Duplicated} came twice ({crowd.Troubles.Total} troubles)");
        }
        var (highest, _) = await traffic.FindHighestAsync(sizes.Unicast, sizes.Step, stop).ConfigureAwait(false);
        if (highest is { } found) stage.Add(Metrics.UnicastHighest, found);
        else stage.Results.CanNot(stage.Contender, Metrics.UnicastHighest, "no rate that was tried held");
    }

    /// <summary>Sockets on both nodes, and messages that all cross over.</summary>
    public static async Task<Traffic> OpenAsync(Crowd crowd, Servers servers, Sizes sizes, bool durable, CancellationToken stop)
    {
        var places = Enumerable.Range(0, sizes.UnicastSockets).Select(i => new Place($"u{i}", i % 2)).ToArray();
        var sockets = await crowd.OpenAsync(places, stop).ConfigureAwait(false);
        return new Traffic(crowd, servers, sockets, places, n => Route(n, places), durable: durable);
    }

    /// <summary>Everybody sends in turn, to somebody on the other node, which is an odd distance away.</summary>
    public static (int From, string To) Route(int n, Place[] places)
    {
        var from = n % places.Length;
        var far = (int)((n * 2_654_435_761L >> 8) % (places.Length / 2));
        return (from, places[(from + 1 + (2 * far)) % places.Length].User);
    }
}
