using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Page;

/// <summary>The cluster page, the playground and the JavaScript client in a headless Chromium. Screenshots are kept beside the tests, in the folder screenshots.</summary>
[Collection(Heavy.Name)]
public sealed class InABrowserSpec(ITestOutputHelper log)
{
    private const int Users = 60;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [ChromiumFact]
    public async Task A_join_a_drain_a_freeze_and_a_kill_are_seen_on_the_page_and_cost_a_client_nothing()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        await using var first = await RedisNode.StartAsync(log, redis, ("Cluster:NodeName", "node-1"));
        var seeds = ("Cluster:Seeds", (object?)$"127.0.0.1:{first["Cluster:Port"]}");
        await using var second = await RedisNode.StartAsync(log, redis, ("Cluster:NodeName", "node-2"), seeds);
        await using var third = RedisNode.Create(log, redis, ("Cluster:NodeName", "node-3"), seeds);
        await Eventually.TrueAsync(async () => await ShardsAsync(first, "node-2") == 128, "two nodes share the shards", Settle);
        for (var i = 0; i < Users; i++) await RawSocket.ReadyAsync(i % 2 == 0 ? first : second, $"?user=user-{i}");

        using var page = Chromium.Start("cluster.mjs", ("NODE", first.Api.GetLeftPart(UriPartial.Authority)), ("KEY", BackendClient.Key),
            ("SOCKETS", string.Join(',', first.SocketUrl, second.SocketUrl, third.SocketUrl)));
        log.WriteLine($"Screenshots: {Chromium.Screenshots}");
        var shown = await page.HearAsync();
        Assert.False(shown.GetProperty("shownWithoutKey").GetBoolean());
        var reached = Texts(shown, "reached");
        Assert.Contains("plan-join", reached);
        Assert.Contains("What do these words mean?", reached);
        Assert.DoesNotContain(reached, what => what.EndsWith("without an outline", StringComparison.Ordinal));

        Assert.StartsWith("If node-3 joined, 85 of 256 shards would move", Text(await page.GoOnAsync(), "plan"), StringComparison.Ordinal);
        await third.StartAsync();
        CheckJoin(await page.GoOnAsync());

        var name = Uri.EscapeDataString("<img/src=x/onerror=alert(1)>");
        await RawSocket.ReadyAsync(first, $"?user={name}");
        await first.Backend.AskAsync(HttpMethod.Post, $"/api/users/{name}/reconnect", null);
        var told = await page.GoOnAsync();
        Assert.Contains("<img/src=x/onerror=alert(1)>", Texts(told, "reconnects"));
        Assert.Equal(0, told.GetProperty("images").GetInt32());

        var drained = PbmProcess.RunAsync(third, "node drain --deadline 20s");
        Assert.Contains("node-3", Text(await page.GoOnAsync(), "drain"), StringComparison.Ordinal);
        Assert.Equal(0, (await drained).Status);

        second.Send(Signal.Stop);
        var frozen = await page.GoOnAsync();
        Assert.Contains("look", Text(frozen, "title"), StringComparison.Ordinal);
        Assert.Matches("silent|not reachable|down", Text(frozen, "row"));
        await second.KillAsync();
        CheckTalk(await page.GoOnAsync());
    }

    [ChromiumFact]
    public async Task Two_users_talk_in_the_playground_and_one_is_asked_to_reconnect()
    {
        await using var node = await NodeProcess.StartAsync(log);
        using var page = Chromium.Start("playground.mjs", ("NODE", node.Api.GetLeftPart(UriPartial.Authority)), ("KEY", BackendClient.Key));

        var told = await page.HearAsync();
        Assert.Contains(Texts(told, "alice"), frame => frame.StartsWith("{\"type\":\"send\"", StringComparison.Ordinal) && frame.Contains("onerror", StringComparison.Ordinal));
        var bob = Texts(told, "bob");
        Assert.Contains(bob, frame => frame.StartsWith("{\"type\":\"reconnect\",\"reason\":\"admin\"", StringComparison.Ordinal));
        Assert.Equal(2, bob.Count(frame => frame.StartsWith("{\"type\":\"ready\"", StringComparison.Ordinal)));
        Assert.Contains(Texts(told, "messages"), message => message.EndsWith("alice <img src=x onerror=alert(1)>", StringComparison.Ordinal));
        Assert.Equal(0, told.GetProperty("images").GetInt32());
        Assert.Empty(Texts(told, "complaints"));
    }

    private void CheckJoin(JsonElement joined)
    {
        log.WriteLine(joined.ToString());
        Assert.Equal((2, 3), (joined.GetProperty("arcsBefore").GetInt32(), joined.GetProperty("arcs").GetInt32()));
        var pictures = Texts(joined, "pictures");
        Assert.Contains("256 shards: node-1 128, node-2 128. Nothing is to move.", pictures[0], StringComparison.Ordinal);
        Assert.Contains("node-1 86, node-2 85, node-3 85. Nothing is to move.", pictures[^1], StringComparison.Ordinal);
        // Between the two there were others: the moves were drawn as they went on.
        Assert.InRange(pictures.Count, 3, int.MaxValue);
        Assert.All(Texts(joined, "moves"), move => Assert.Matches("shard [0-9]+ node-[12] → node-3", move));
        Assert.InRange(joined.GetProperty("dots").GetInt32(), 1, int.MaxValue);
        Assert.Equal(3, joined.GetProperty("charts").GetInt32());
    }

    private void CheckTalk(JsonElement told)
    {
        var sent = told.GetProperty("sent").EnumerateArray().ToList();
        var arrived = told.GetProperty("arrived").EnumerateArray().ToList();
        log.WriteLine($"{sent.Count} sent, {arrived.Count} arrived, {told.GetProperty("reconnects")} reconnect frames");
        Assert.Equal(Enumerable.Range(0, sent.Count), arrived.Select(message => message.GetProperty("data").GetInt32()));
        Assert.Equal(Enumerable.Range(1, sent.Count), arrived.Select(message => message.GetProperty("seq").GetInt32()));
        Assert.Equal(sent.Select(one => one.GetProperty("n").GetInt32() + 1), sent.Select(one => one.GetProperty("seq").GetInt32()));
        Assert.Empty(Texts(told, "complaints"));
    }

    private static async Task<int> ShardsAsync(NodeProcess node, string name) =>
        (await node.Backend.AskAsync(HttpMethod.Get, "/api/cluster", null)).Json.GetProperty("placement").GetProperty("shards").EnumerateObject().Count(shard => shard.Value.GetString() == name);

    private static string Text(JsonElement told, string property) => told.GetProperty(property).GetString()!;

    private static List<string> Texts(JsonElement told, string property) => [.. told.GetProperty(property).EnumerateArray().Select(text => text.GetString()!)];
}
