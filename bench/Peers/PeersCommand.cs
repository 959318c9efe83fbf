using System.CommandLine;
using System.ComponentModel;
using System.Globalization;
using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.LocalCluster.Processes;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Reports;
using AkkaSockets.Peers.Scenarios;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers;

/// <summary>The command line.</summary>
internal static class PeersCommand
{
    private const string Description =
        "Runs the same scenarios against AkkaSockets and against what users would pick instead, in alternation, and prints medians and ratios; a run of everything writes them into " +
        "docs/benchmarks.md. It starts all servers itself, on loopback, and leaves nothing behind. Exit status 0; 1 when AkkaSockets lost, repeated or reordered anything, or a server did not start; " +
        "2 when something is not installed, or it was used wrongly; 130 when it was stopped.";

    public static RootCommand Create()
    {
        Option<int> rounds = new("--rounds") { Description = "How often each contender has its turn.", DefaultValueFactory = _ => 3 };
        Option<string[]> scenarios = Several("--scenario", "What to measure; several are taken. durable and join are AkkaSockets' own.", PeersRun.AllScenarios);
        Option<string[]> contenders = Several("--contender", "Whom to measure; several are taken. floor is the bare web server.", PeersRun.AllContenders);
        Option<bool> brief = new("--short") { Description = "Everything with few sockets, one round: shows that it works and that nothing is lost. Its figures say nothing, and no document gets them." };
        Option<bool> json = new("--json") { Description = "Print the figures of each round as JSON, and no progress." };
        Option<string[]> settings = new("--set")
        {
            Description = "A setting of every node of AkkaSockets (of its Lighthouse too, where the section is Cluster), as in --set Cluster:Detection=quick; several are taken, and no document gets the figures.",
            DefaultValueFactory = _ => [],
        };
        settings.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1)) result.AddError("--set takes Section:Key=value.");
        });
        rounds.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= 100))) result.AddError("--rounds takes 1 to 100.");
        });

        var root = new RootCommand(Description) { rounds, scenarios, contenders, settings, brief, json };
        root.SetAction((parsed, _) =>
        {
            var set = parsed.GetValue(settings)!.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            var isBrief = parsed.GetValue(brief);
            var (chosen, against) = (parsed.GetValue(scenarios)!, parsed.GetValue(contenders)!);
            var isAll = PeersRun.AllScenarios.All(chosen.Contains) && PeersRun.AllContenders.All(against.Contains);
            return RunAsync(new PeersOptions
            {
                Rounds = isBrief && parsed.GetResult(rounds) is not { Implicit: false } ? 1 : parsed.GetValue(rounds),
                Scenarios = chosen,
                Contenders = against,
                Settings = set,
                Sizes = isBrief ? Sizes.Short : Sizes.Full,
                Publish = !isBrief,
                Json = parsed.GetValue(json),
                Document = isAll && !isBrief && set.Count == 0 ? Path.Combine(Installed.Repository, "docs", "benchmarks.md") : null,
            });
        });
        return root;
    }

    private static async Task<int> RunAsync(PeersOptions options)
    {
        if (Installed.WhatIsMissing(options.Contenders) is { } missing)
        {
            await Console.Error.WriteLineAsync(missing).ConfigureAwait(false);
            return 2;
        }
        using var signals = new StopSignals();
        _ = WatchParentAsync(signals);
        try
        {
            var (report, isSound) = await new PeersRun(options, options.Json ? _ => { } : Console.Error.WriteLine).RunAsync(signals.Stop).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(options.Json ? report.ToJson() : report.ToMarkdown()).ConfigureAwait(false);
            if (options.Document is { } document)
            {
                await File.WriteAllTextAsync(document, GeneratedPart.Replace(await File.ReadAllTextAsync(document).ConfigureAwait(false), report.ToMarkdown())).ConfigureAwait(false);
                await Console.Error.WriteLineAsync($"Written to {Path.GetFullPath(document)}").ConfigureAwait(false);
            }
            return isSound ? 0 : 1;
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception fault) when (fault is CommandException or UpgradeRefusedException or IOException or Win32Exception)
        {
            await Console.Error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task WatchParentAsync(StopSignals signals)
    {
        await ParentWatch.GoneAsync().ConfigureAwait(false);
        signals.StopAtOnce();
    }

    private static Option<string[]> Several(string name, string description, IReadOnlyList<string> all)
    {
        Option<string[]> option = new(name) { Description = description, DefaultValueFactory = _ => [.. all], AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong([.. all]);
        return option;
    }
}
