using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Reports;
using AkkaSockets.Peers.Scenarios;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers;

/// <summary>
/// Gives each contender its turn, round after round: a machine that is busy with something else for a while is so for all of them. One contender's servers run at a time.
/// </summary>
internal sealed class PeersRun(PeersOptions options, Action<string> tell)
{
    private readonly string _signingKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly Results _results = new(tell);

    public static IReadOnlyList<string> AllContenders { get; } = [AkkaSocketsContender.TheKey, SignalRContender.TheKey, WsContender.TheKey, FloorContender.TheKey];

    private static IReadOnlyList<Scenario> Known { get; } = [new IdleScenario(), new UnicastScenario(), new FanOutScenario(), new DurableScenario(), new JoinScenario(), new CrashScenario()];

    public static IReadOnlyList<string> AllScenarios { get; } = [.. Known.Select(scenario => scenario.Key)];

    /// <exception cref="LocalCluster.Commands.CommandException">A server did not start.</exception>
    public async Task<(Report Report, bool IsSound)> RunAsync(CancellationToken stop)
    {
        if (options.Publish) await Publishing.PublishAsync(options.Contenders, tell, stop).ConfigureAwait(false);
        var started = Stopwatch.GetTimestamp();
        var circumstances = await Circumstances.NowAsync(options.Contenders).ConfigureAwait(false);
        var contenders = AllContenders.Where(options.Contenders.Contains).Select(Make).ToArray();
        var scenarios = Known.Where(scenario => options.Scenarios.Contains(scenario.Key)).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var contender = contenders[(round + turn) % contenders.Length];
                await TakeTurnAsync(contender, scenarios, $"round {round + 1} of {options.Rounds}, {contender.Name}", stop).ConfigureAwait(false);
            }
        }
        var report = new Report(_results, circumstances, contenders, [.. scenarios.Select(scenario => scenario.Key)], options.Sizes, options.Rounds, Stopwatch.GetElapsedTime(started));
        return (report, _results.IsSound);
    }

    private async Task TakeTurnAsync(Contender contender, Scenario[] scenarios, string turn, CancellationToken stop)
    {
        foreach (var scenario in scenarios)
        {
            if (scenario.WhyNot(contender) is { } reason) _results.CanNot(contender, scenario.Key, reason);
        }
        var possible = scenarios.Where(scenario => scenario.WhyNot(contender) is null).ToArray();
        foreach (var alone in possible.Where(scenario => !scenario.SharesServers)) await OnServersAsync(contender, [alone], turn, stop).ConfigureAwait(false);
        if (possible.Where(scenario => scenario.SharesServers).ToArray() is { Length: > 0 } shared) await OnServersAsync(contender, shared, turn, stop).ConfigureAwait(false);
    }

    private async Task OnServersAsync(Contender contender, Scenario[] scenarios, string turn, CancellationToken stop)
    {
        await using var servers = await contender.StartAsync(scenarios.Max(scenario => scenario.Nodes), stop).ConfigureAwait(false);
        foreach (var scenario in scenarios)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await scenario.RunAsync(new Stage(contender, options.Sizes, _results, _signingKey, tell), servers, stop).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is CommandException or UpgradeRefusedException or IOException or HttpRequestException)
            {
                // The others still have their turns.
                _results.Fault(contender, $"{scenario.Key}: {fault.Message}");
            }
            var figures = Metrics.All.Where(metric => metric.Scenario == scenario.Key && _results.ValuesOf(contender.Key, metric.Id).Count > 0)
                .Select(metric => $"{metric.Id[(metric.Id.IndexOf('.') + 1)..]} {_results.ValuesOf(contender.Key, metric.Id)[^1].ToString(metric.Format, CultureInfo.InvariantCulture)}");
            tell(string.Create(CultureInfo.InvariantCulture, $"{turn}, {scenario.Key} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s): {string.Join(", ", figures)}"));
        }
    }

    private Contender Make(string key) => key switch
    {
        AkkaSocketsContender.TheKey => new AkkaSocketsContender(_signingKey, options.Settings),
        SignalRContender.TheKey => new SignalRContender(_signingKey),
        WsContender.TheKey => new WsContender(_signingKey),
        _ => new FloorContender(),
    };
}
