using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Page;

/// <summary>The cluster page, the playground and the JavaScript client in a headless Chromium. Screenshots are kept beside the tests, in the folder screenshots.</summary>
public sealed class InABrowserSpec(ITestOutputHelper log)
{
    private const int Users = 60;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(180);

    [ChromiumFact]
    public async Task A_join_a_drain_a_freeze_and_a_kill_are_seen_on_the_page_and_cost_a_client_nothing()
    {
        await using var redis = await RedisProcess.StartAsync(log);
        // The first coordinates. It moves shards in rounds so far apart that the page, which is told once a second, shows some that have yet to move.
        await using var first = new NodeProcess(log, ("Persistence:Provider", "redis"), ("Persistence:Redis", redis.ConnectionString), ("Cluster:NodeName", "node-1"))
        {
            Program = BuiltNode.With("akka.cluster.sharding.rebalance-interval = 2s"),
        };
        await first.StartAsync();
        var seeds = ("Cluster:Seeds", (object?)$"127.0.0.1:{first["Cluster:Port"]}");
        await using var second = await RedisNode.StartAsync(log, redis, ("Cluster:NodeName", "node-2"), seeds);
        await using var third = RedisNode.Create(log, redis, ("Cluster:NodeName", "node-3"), seeds);
        await Eventually.TrueAsync(async () => await ShardsAsync(first, "node-2") == 128, "two nodes share the shards", Settle);
        for (var i = 0; i < Users; i++) await RawSocket.ReadyAsync(i % 2 == 0 ? first : second, $"?user=user-{i}");
        // They move when the third joins.
        var (sender, receiver) = await Movers.ToAsync(first, "node-3");

        using var page = Chromium.Start("cluster.mjs", ("USERS", $"{sender},{receiver}"), ("NODE", first.Api.GetLeftPart(UriPartial.Authority)), ("KEY", BackendClient.Key),
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
        CheckTalk(await page.GoOnAsync(), sender, receiver);
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

    [ChromiumFact]
    public async Task A_reloaded_page_goes_on_where_its_localStorage_says()
    {
        await using var node = await NodeProcess.StartAsync(log);
        // What this one has not acknowledged is kept.
        await RawSocket.ReadyAsync(node, "?user=reader&device=keeper");
        await node.Backend.PublishAllAsync("reader", Enumerable.Range(1, 5).Select(n => $"{n}"));
        using var page = Chromium.Start("reload.mjs", ("NODE", node.Api.GetLeftPart(UriPartial.Authority)), ("SOCKET", node.SocketUrl.ToString()));

        var first = await page.HearAsync();
        Assert.Equal([1, 2, 3, 4, 5], Numbers(first, "seqs"));
        // Meanwhile the page is away.
        await node.Backend.PublishAllAsync("reader", Enumerable.Range(6, 5).Select(n => $"{n}"));
        var second = await page.GoOnAsync();
        Assert.Equal([6, 7, 8, 9, 10], Numbers(second, "seqs"));
        Assert.Equal((5, true, false), (second.GetProperty("ready").Number("seq"), second.GetProperty("ready").Flag("resumed"), second.GetProperty("ready").Flag("gap")));
        // To the server it was another device, and without what the page keeps it has to begin at the first message.
        Assert.NotEqual(first.GetProperty("ready").Text("device"), second.GetProperty("ready").Text("device"));
        var third = await page.GoOnAsync();
        Assert.Equal(Enumerable.Range(1, 10), Numbers(third, "seqs"));
        Assert.All((JsonElement[])[first, second, third], told => Assert.Empty(Texts(told, "events")));
        Assert.Empty(Texts(third, "complaints"));
    }

    [ChromiumFact]
    public async Task The_pages_can_be_read_pressed_by_keyboard_and_kept_still()
    {
        await using var node = await NodeProcess.StartAsync(log);
        using var page = Chromium.Start("looks.mjs", ("NODE", node.Api.GetLeftPart(UriPartial.Authority)), ("KEY", BackendClient.Key));

        var narrow = await page.HearAsync();
        Assert.Equal(["plan-join", "plan-leave", "Plan"], Texts(narrow, "pressed"));
        Assert.StartsWith("If node-2 joined, 128 of 256 shards would move", Text(narrow, "plan"), StringComparison.Ordinal);
        Assert.True(narrow.Flag("inWindow"));
        Assert.InRange(narrow.Number("wide"), 1, 400);

        var motion = await page.GoOnAsync();
        log.WriteLine(motion.ToString());
        Assert.Equal(("flow", 1), (motion.GetProperty("no-preference").Text("animation"), motion.GetProperty("no-preference").Number("dots")));
        Assert.InRange(motion.GetProperty("no-preference").Number("running"), 1, long.MaxValue);
        Assert.Equal(("none", 0, 0), (motion.GetProperty("reduce").Text("animation"), motion.GetProperty("reduce").Number("dots"), motion.GetProperty("reduce").Number("running")));

        // Pane by pane, and in each from who over what to say to what came. What can't be pressed is left out.
        var keyboard = await page.GoOnAsync();
        string[] who = ["user", "device", "url", "Connect"], say = ["to", "text", "ephemeral"];
        Assert.Equal(
            ["Cluster", .. who, .. say, "Messages to alice", "Every frame of alice", .. who, .. say, "Messages to bob", "Every frame of bob"], Texts(keyboard, "apart"));
        string[] connected = ["Disconnect", "reconnect", .. say, "Send"];
        Assert.Equal(
            ["Cluster", .. connected, "Messages to alice", "Every frame of alice", .. connected, "Messages to bob", "Every frame of bob"], Texts(keyboard, "together"));

        var looks = await page.GoOnAsync();
        log.WriteLine(looks.ToString());
        foreach (var view in looks.GetProperty("contrasts").EnumerateObject())
        {
            Assert.InRange(view.Value.Number("texts"), 10, long.MaxValue);
            Assert.Empty(Texts(view.Value, "low"));
        }
        Assert.Empty(Texts(looks, "complaints"));
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
        Assert.Contains(pictures, picture => picture.Contains("To move: ", StringComparison.Ordinal));
        Assert.InRange(joined.GetProperty("chords").GetInt32(), 1, 2);
        Assert.All(Texts(joined, "moves"), move => Assert.Matches("shard [0-9]+ node-[12] → node-3", move));
        Assert.InRange(joined.GetProperty("dots").GetInt32(), 1, int.MaxValue);
        Assert.Equal(3, joined.GetProperty("charts").GetInt32());
    }

    private void CheckTalk(JsonElement told, params string[] users)
    {
        var sent = told.GetProperty("sent").EnumerateArray().ToList();
        var arrived = told.GetProperty("arrived").EnumerateArray().ToList();
        log.WriteLine($"{sent.Count} sent, {arrived.Count} arrived, {told.GetProperty("reconnects")} reconnect frames");
        Assert.Equal(Enumerable.Range(0, sent.Count), arrived.Select(message => message.GetProperty("data").GetInt32()));
        Assert.Equal(Enumerable.Range(1, sent.Count), arrived.Select(message => message.GetProperty("seq").GetInt32()));
        Assert.Equal(sent.Select(one => one.GetProperty("n").GetInt32() + 1), sent.Select(one => one.GetProperty("seq").GetInt32()));
        foreach (var user in users) Assert.Contains("rebalance", Texts(told.GetProperty("reconnects"), user));
        Assert.Empty(Texts(told, "complaints"));
    }

    private static async Task<int> ShardsAsync(NodeProcess node, string name) =>
        (await node.Backend.AskAsync(HttpMethod.Get, "/api/cluster", null)).Json.GetProperty("placement").GetProperty("shards").EnumerateObject().Count(shard => shard.Value.GetString() == name);

    private static string Text(JsonElement told, string property) => told.GetProperty(property).GetString()!;

    private static IEnumerable<int> Numbers(JsonElement told, string property) => told.GetProperty(property).EnumerateArray().Select(number => number.GetInt32());

    private static List<string> Texts(JsonElement told, string property) => [.. told.GetProperty(property).EnumerateArray().Select(text => text.GetString()!)];
}
