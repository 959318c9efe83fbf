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
