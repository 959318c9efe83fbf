using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>
/// Every command that a node has, while another node stands still: it ends soon and says who is silent. Both nodes believe in each other for longer than the test takes, so that the frozen one stays
/// a member.
/// </summary>
[Collection(ComingAndGoing.Name)]
public sealed partial class AFrozenNodeSpec(ITestOutputHelper log)
{
    private const string Frozen = "node-2";

    // The members' deadline is 3 s; the rest is for the start of a process on a machine that has other things to do.
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(120);

    /// <summary>All of them, with their switches.</summary>
    private static readonly Dictionary<string, Asked> Commands = new()
    {
        ["cluster show"] = new(Comes.Partly),
        ["cluster tail"] = new(Comes.AsItHappens),
        ["cluster leave"] = new(Comes.Untried),
        ["cluster down"] = new(Comes.Untried),
        ["cluster down-unreachable"] = new(Comes.Untried),
        ["sharding show"] = new(Comes.Partly),
        ["sharding shard"] = new(Comes.Partly, "-s 0"),
        ["sharding plan"] = new(Comes.Partly, "--join node-3"),
        ["sharding tail"] = new(Comes.AsItHappens),
        // A majority of two is both.
        ["sharding pause"] = new(Comes.Partly),
        ["sharding resume"] = new(Comes.InVain),
        ["sockets show"] = new(Comes.Partly),
        ["sockets list"] = new(Comes.Partly),
        ["sockets close"] = new(Comes.InVain, "-u USER"),
        ["sockets reconnect"] = new(Comes.InVain, "-u USER"),
        ["sockets tail"] = new(Comes.AsItHappens),
        ["users show"] = new(Comes.InVain, "-u USER"),
        ["users where"] = new(Comes.InVain, "-u USER"),
        ["node status"] = new(Comes.Whole),
        ["node config"] = new(Comes.Whole),
        ["node drain"] = new(Comes.Untried),
        ["actor hierarchy"] = new(Comes.Whole),
        ["log tail"] = new(Comes.Untried),
        ["log level"] = new(Comes.Whole, "-l configured"),
    };

    [RedisFact]
    public async Task Each_command_ends_soon_and_names_it()
    {
        var patient = BuiltNode.With("akka.cluster.failure-detector.acceptable-heartbeat-pause = 600 s");
        await using var redis = await RedisProcess.StartAsync(log);
        await using var asked = Node(redis, patient, ("Cluster:NodeName", "node-1"));
        await asked.StartAsync();
        await using var frozen = Node(redis, patient, ("Cluster:NodeName", Frozen), ("Cluster:Seeds", $"127.0.0.1:{asked["Cluster:Port"]}"));
        await frozen.StartAsync();
        var user = "";
        await Eventually.TrueAsync(async () => (user = await UserOfAsync(asked)).Length > 0, "the second node has users, and both answer", Settle);
        Assert.Equal(Commands.Keys.Order(StringComparer.Ordinal), (await CatalogAsync(asked)).Order(StringComparer.Ordinal));

        var tails = Of(Comes.AsItHappens).Select(command => (Command: command.Key, Process: PbmProcess.Start(asked, $"{command.Key} --json"))).ToList();
        try
        {
            // The first line that a tail of these writes can be long in coming: that it is followed is what counts.
            await Eventually.TrueAsync(async () => await FollowedAsync(asked) >= tails.Count, "all tails are followed", Settle);
            frozen.Send(Signal.Stop);
            foreach (var command in Commands) await TryAsync(asked, command.Key, command.Value, user);
            foreach (var tail in tails) await tail.Process.SaysAsync($"{{\"silent\":\"{Frozen}\"}}");
            // Its kernel takes the connection, and nobody answers.
            Assert.Equal(2, (await PbmProcess.RunAsync(frozen, "node status", log, "3s")).Status);

            frozen.Send(Signal.Continue);
            foreach (var tail in tails)
            {
                await tail.Process.SaysAsync($"{{\"note\":\"{Frozen} answers again.\"}}");
                Assert.Equal(1, Occurrences(tail.Process.Text, "\"silent\""));
            }
        }
        finally
        {
            foreach (var tail in tails) await tail.Process.DisposeAsync();
        }
        await Eventually.TrueAsync(async () => (await PbmProcess.RunAsync(asked, "sharding resume", log)).Status == 0, "moves are resumed", Settle);
    }

    private async Task TryAsync(NodeProcess node, string command, Asked how, string user)
    {
        if (how.Comes is Comes.Untried or Comes.AsItHappens) return;
        var watch = Stopwatch.StartNew();
        var answer = await PbmProcess.RunAsync(node, $"{command} {how.Switches.Replace("USER", user, StringComparison.Ordinal)} --json".Replace("  ", " ", StringComparison.Ordinal), log, timeout: null);
        log.WriteLine($"{command}: {watch.ElapsedMilliseconds} ms");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, EndsWithin);
        Assert.Equal((command, how.Comes == Comes.InVain ? 1 : 0), (command, answer.Status));
        Assert.Equal((command, how.Comes == Comes.Whole ? "" : Frozen), (command, string.Join(',', SilentIn(answer.Out))));
        if (how.Switches.Contains("USER", StringComparison.Ordinal)) Assert.Contains($"{Frozen}, where the user lives, did not answer within 3s", answer.Error, StringComparison.Ordinal);
    }

    private NodeProcess Node(RedisProcess redis, string program, params (string Key, object? Value)[] settings) =>
        new(log, [("Persistence:Provider", "redis"), ("Persistence:Redis", redis.ConnectionString), .. settings]) { Program = program };

    /// <summary>One of the second node's; empty until it has one, and until nobody is silent for being busy.</summary>
    private async Task<string> UserOfAsync(NodeProcess asked)
    {
        for (var i = 0; i < 100; i++)
        {
            var answer = await asked.Backend.AskAsync(HttpMethod.Get, $"/api/users/user-{i}", null);
            if (answer.Status != System.Net.HttpStatusCode.OK || answer.Json.GetProperty("node").GetString() != Frozen) continue;
            var shown = await PbmProcess.RunAsync(asked, "sharding show --json", log);
            return shown.Silent.Any() || shown.Json.GetProperty("nodes")[1].GetProperty("shards").GetInt32() != 128 ? "" : $"user-{i}";
        }
        return "";
    }

    /// <summary>How many actors of commands there are, beside the one that asks.</summary>
    private async Task<int> FollowedAsync(NodeProcess asked) => (await PbmProcess.RunAsync(asked, "actor hierarchy -p /user --depth 1 --json", log)).Json
        .GetProperty("actors").EnumerateArray().Count(actor => actor.GetProperty("type").GetString() == "InboxActor");

    /// <summary>All commands, as help has them.</summary>
    private async Task<List<string>> CatalogAsync(NodeProcess asked)
    {
        var commands = new List<string>();
        foreach (var module in NamesIn(await HelpAsync(""))) commands.AddRange(NamesIn(await HelpAsync($"{module} ")).Select(name => $"{module} {name}"));
        return commands;

        async Task<string> HelpAsync(string module) => (await PbmProcess.RunAsync(asked, $"{module}--help", log)).Out;
    }

    private static IEnumerable<string> NamesIn(string help) =>
        help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Select(line => HelpLine().Match(line)).Where(line => line.Success).Select(line => line.Groups[1].Value);

    private static IEnumerable<string?> SilentIn(string document) =>
        JsonDocument.Parse(document).RootElement.TryGetProperty("silent", out var silent) ? silent.EnumerateArray().Select(name => name.GetString()) : [];

    private static IEnumerable<KeyValuePair<string, Asked>> Of(Comes what) => Commands.Where(command => command.Value.Comes == what);

    private static int Occurrences(string text, string what) => text.Split(what).Length - 1;

    [GeneratedRegex(@"^  ([a-z][a-z-]*)(\s|$)")]
    private static partial Regex HelpLine();

    private sealed record Asked(Comes Comes, string Switches = "");

    /// <summary>What becomes of an answer when one of two nodes is silent.</summary>
    private enum Comes
    {
        /// <summary>It is the asked member's own.</summary>
        Whole,

        /// <summary>Without the silent one's part.</summary>
        Partly,

        /// <summary>Only the silent one could give it: the command fails.</summary>
        InVain,

        /// <summary>It goes on until pbm is ended.</summary>
        AsItHappens,

        /// <summary>It would change who is a member, or has nothing to do with others and goes on.</summary>
        Untried,
    }
}
