using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

/// <summary>clients/js in Node.js: its own tests, and against a node that is killed and that asks its clients to come back.</summary>
public sealed class JavaScriptClientSpec(ITestOutputHelper log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [NodeJsFact]
    public async Task Its_own_tests_pass()
    {
        using var tests = NodeJs.Start(["--test", "test/"]);
        var output = tests.StandardOutput.ReadToEndAsync();
        var errors = tests.StandardError.ReadToEndAsync();
        await tests.WaitForExitAsync().WaitAsync(Patience);
        Reaper.Ended(tests.Id);
        log.WriteLine(await output + await errors);
        Assert.Equal(0, tests.ExitCode);
        Assert.Contains("# pass", await output, StringComparison.Ordinal);
    }

    [NodeJsFact]
    public async Task A_killed_node_and_frames_to_come_back_cost_it_nothing() => await TalkThroughTroubleAsync();

    [NodeJsFact]
    public async Task The_same_with_tokens_that_have_to_be_renewed_meanwhile() => await TalkThroughTroubleAsync(("SECRET", Tokens.SigningKey));

    [NodeJsFact]
    public async Task A_device_that_was_away_for_too_long_is_told_of_the_gap()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Retention:Messages", 10));
        using var away = NodeJs.Start(["e2e/away.mjs"], ("WS_URL", node.SocketUrl.ToString()));
        var errors = away.StandardError.ReadToEndAsync();
        async Task<JsonElement> HearAsync() =>
            JsonDocument.Parse(await away.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(await errors)).RootElement;

        await node.Backend.PublishAllAsync("carol", ["1", "2", "\"last\""]);
        var before = await HearAsync();
        await node.Backend.PublishAllAsync("carol", [.. Enumerable.Range(4, 28).Select(n => $"{n}"), "\"last\""]);
        var first = (await node.Backend.DescribeAsync("carol")).Number("first");
        await away.StandardInput.WriteLineAsync("come back");
        var after = await HearAsync();
        await away.WaitForExitAsync().WaitAsync(Patience);
        Reaper.Ended(away.Id);
        log.WriteLine($"{before}{Environment.NewLine}{after}");

        Assert.Equal([1, 2, 3], Numbers(before, "seqs"));
        Assert.Empty(before.GetProperty("gaps").EnumerateArray());
        Assert.True(after.GetProperty("ready").Flag("gap"));
        // Told before the first message behind it, and once.
        var gap = Assert.Single(after.GetProperty("gaps").EnumerateArray());
        Assert.Equal((3, first, 0), (gap.Number("asked"), gap.Number("first"), gap.Number("before")));
        Assert.Equal(23, first);
        Assert.Equal(Enumerable.Range(23, 10).Select(seq => (long)seq), Numbers(after, "seqs"));
        Assert.All((JsonElement[])[before, after], told => Assert.Empty(told.GetProperty("others").EnumerateArray()));
        Assert.Equal(before.GetProperty("kept").Text("epoch"), after.GetProperty("kept").Text("epoch"));
        Assert.Equal(32, after.GetProperty("kept").Number("seq"));
    }

    private static IEnumerable<long> Numbers(JsonElement told, string property) => told.GetProperty(property).EnumerateArray().Select(number => number.GetInt64());

    private async Task TalkThroughTroubleAsync(params (string Key, string Value)[] environment)
    {
        await using var node = await NodeProcess.StartAsync(log);
        using var talk = await Conversation.StartAsync([node], "alice", "bob", environment);

        await talk.GoesOnAsync(node);
        await node.KillAsync();
        await node.StartAsync();
        await talk.GoesOnAsync(node);
        await talk.SitAsync(node, (_, _) => true, "there again");
        foreach (var user in (string[])["alice", "bob"]) await node.Backend.AskAsync(HttpMethod.Post, $"/api/users/{user}/reconnect", null);
        await talk.GoesOnAsync(node, 40);

        var talked = await talk.EndAsync();
        log.WriteLine($"{talked}");
        foreach (var user in (string[])["alice", "bob"])
        {
            Assert.Single(talked.Events, e => e == (user, "reconnecting", "asked"));
            Assert.Equal([("admin", (string?)null)], talked.AskedOf(user));
        }
    }
}
