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

    private async Task TalkThroughTroubleAsync(params (string Key, string Value)[] environment)
    {
        await using var node = await NodeProcess.StartAsync(log);
        using var talk = NodeJs.Start(["e2e/conversation.mjs"], [("WS_URL", node.SocketUrl.ToString()), .. environment]);
        var errors = talk.StandardError.ReadToEndAsync();
        Assert.Equal("talking", await talk.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? await errors);

        await HeadIsAsync(node, 30);
        await node.KillAsync();
        await node.StartAsync();
        await HeadIsAsync(node, 60);
        foreach (var user in (string[])["alice", "bob"]) await node.Backend.AskAsync(HttpMethod.Post, $"/api/users/{user}/reconnect", null);
        await HeadIsAsync(node, 100);

        await talk.StandardInput.WriteLineAsync("enough");
        using var told = JsonDocument.Parse(await talk.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(await errors));
        await talk.WaitForExitAsync().WaitAsync(Patience);
        Reaper.Ended(talk.Id);
        log.WriteLine(told.RootElement.GetProperty("events").GetRawText());
        Check(told.RootElement);
    }

    private static void Check(JsonElement told)
    {
        var sent = told.GetProperty("sent").EnumerateArray().ToList();
        var arrived = told.GetProperty("arrived").EnumerateArray().ToList();
        // Sends to one user keep their order, so the n-th is the n-th of the log.
        Assert.Equal(Enumerable.Range(0, sent.Count), arrived.Select(message => message.GetProperty("data").GetInt32()));
        Assert.Equal(Enumerable.Range(1, sent.Count), arrived.Select(message => message.GetProperty("seq").GetInt32()));
        Assert.All(sent, pair => Assert.Equal(pair.GetProperty("n").GetInt32() + 1, pair.GetProperty("seq").GetInt32()));
        Assert.Single(arrived.Select(message => message.GetProperty("epoch").GetString()).Distinct());
        Assert.Equal(1, told.GetProperty("ephemeral").GetInt32());
        var events = told.GetProperty("events").EnumerateArray().Select(e => (Who: e[0].GetString(), What: e[1].GetString(), Why: e[2].ToString())).ToList();
        foreach (var user in (string[])["alice", "bob"]) Assert.Single(events, e => e == (user, "reconnecting", "asked"));
        Assert.DoesNotContain(events, e => e.What is "gap" or "reset" or "fault" || (e.What == "stopped" && e.Why.Length > 0));
    }

    private static Task HeadIsAsync(NodeProcess node, long least) => Eventually.TrueAsync(
        async () => (await node.Backend.DescribeAsync("bob")).Number("head") >= least, $"{least} messages are in bob's log", Patience);
}
