using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class LoadDriverSpec(ITestOutputHelper log)
{
    [Fact]
    public async Task It_drives_a_node_with_tokens_and_finds_everything_delivered_once_and_in_order()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Auth:Development", false));
        using var driver = new LoadDriver(log, [.. Usual(node), "--ephemeral-rate", "40", "--signing-key", Tokens.SigningKey]);
        var (status, figures) = await driver.EndAsync();

        Assert.Equal(0, status);
        Assert.Equal(20, figures.GetProperty("connected").GetInt32());
        AssertClean(figures.GetProperty("durable"));
        var ephemeral = figures.GetProperty("ephemeral");
        Assert.Equal(ephemeral.GetProperty("told").GetInt64(), ephemeral.GetProperty("delivered").GetInt64());
        Assert.Equal("""{"frames":0,"byReason":{},"usersByFrames":{"0":20}}""", JsonSerializer.Serialize(figures.GetProperty("reconnects")));
    }

    [Fact]
    public async Task A_node_that_is_killed_and_comes_back_costs_nothing_that_was_acknowledged()
    {
        await using var node = await NodeProcess.StartAsync(log);
        using var driver = new LoadDriver(log, Usual(node));
        await driver.SaysAsync("sending: 20 connected");
        await node.KillAsync();
        await node.StartAsync();
        var (status, figures) = await driver.EndAsync();

        Assert.Equal(0, status);
        AssertClean(figures.GetProperty("durable"));
        Assert.Equal(20, figures.GetProperty("connected").GetInt32());
        Assert.True(figures.GetProperty("closes").GetProperty("1006").GetInt64() >= 20, "each socket broke");
        Assert.True(figures.GetProperty("longestWithoutASocketMs").GetDouble() > 0);
    }

    [Fact]
    public async Task A_drain_is_told_to_each_user_once()
    {
        await using var node = await NodeProcess.StartAsync(log);
        using var driver = new LoadDriver(log, Usual(node));
        await driver.SaysAsync("sending: 20 connected");
        node.Send(Signal.Terminate);
        Assert.Equal(0, await node.ExitAsync(ScriptedCluster.Patient));
        await node.StartAsync();
        var (_, figures) = await driver.EndAsync();

        AssertClean(figures.GetProperty("durable"));
        Assert.Equal("""{"frames":20,"byReason":{"drain":20},"usersByFrames":{"1":20}}""", JsonSerializer.Serialize(figures.GetProperty("reconnects")));
    }

    private static string[] Usual(NodeProcess node) =>
    [
        "--url", $"{node.SocketUrl}", "--api", $"{node.Api}", "--api-key", BackendClient.Key, "--users", "20", "--rate", "40", "--seconds", "12", "--ack-patience", "120", "--patience", "120",
        "--source-addresses", "127.0.0.2", "127.0.0.3",
    ];

    private static void AssertClean(JsonElement durable)
    {
        Assert.True(durable.GetProperty("acknowledged").GetInt64() > 0);
        foreach (var name in (string[])["lost", "duplicated", "reordered", "gapsTold", "unacknowledged"]) Assert.Equal(0, durable.GetProperty(name).GetInt64());
        Assert.Equal(durable.GetProperty("asked").GetInt64(), durable.GetProperty("delivered").GetInt64());
    }
}
