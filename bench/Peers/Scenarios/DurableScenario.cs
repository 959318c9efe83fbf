using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>As unicast, with each message on Redis' disk before it is acknowledged, and acknowledged by its receiver.</summary>
internal sealed class DurableScenario : Scenario
{
    public override string Key => "durable";

    public override bool SharesServers => true;

    public override string? WhyNot(Contender contender) => contender.IsOurs ? null : "keeps nothing";

    public override async Task RunAsync(Stage stage, Servers servers, CancellationToken stop)
    {
        var sizes = stage.Sizes;
        await using var crowd = new Crowd(stage.Contender.Wire, servers.Addresses);
        var traffic = await UnicastScenario.OpenAsync(crowd, servers, sizes, durable: true, stop).ConfigureAwait(false);
        await traffic.WarmUpAsync(sizes.LowRate, sizes, stop).ConfigureAwait(false);
        foreach (var (rate, names) in ((double, SteadyMetrics)[])[(sizes.LowRate, Metrics.DurableLow), (sizes.HighRate, Metrics.DurableHigh)])
        {
            var measured = await traffic.MeasureAsync(rate, sizes.Steady, sizes.Patience, stop).ConfigureAwait(false);
            names.Add(stage, measured);
            Settle(stage, measured, rate);
        }
        var (highest, at) = await traffic.FindHighestAsync(sizes.Durable, sizes.Step, stop).ConfigureAwait(false);
        if (highest is { } found) stage.Add(Metrics.DurableHighest, found);
        else stage.Results.CanNot(stage.Contender, Metrics.DurableHighest, "no rate that was tried held");
        if (at is not null) Settle(stage, at, highest ?? 0);
    }

    private void Settle(Stage stage, Measured measured, double rate)
    {
        var window = measured.Window;
        stage.Results.Settle(window.AcknowledgedCount, window.Lost);
        if (window is { Lost: > 0 } or { Duplicated: > 0 })
            stage.Results.Fault(stage.Contender, $"{Key}: of {window.AcknowledgedCount} acknowledged messages at {rate}/s {window.Lost} were lost, {window.Duplicated} came twice");
    }
}
