using System.Net;
using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class MetricsSpec(ITestOutputHelper log)
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["akkasockets_connections"] = "gauge",
        ["akkasockets_users"] = "gauge",
        ["akkasockets_shards"] = "gauge",
        ["akkasockets_draining"] = "gauge",
        ["akkasockets_moves_paused"] = "gauge",
        ["akkasockets_reconnect_pending"] = "gauge",
        ["akkasockets_outbox_bytes"] = "gauge",
        ["akkasockets_messages_total"] = "counter",
        ["akkasockets_deliveries_total"] = "counter",
        ["akkasockets_reconnect_frames_total"] = "counter",
        ["akkasockets_closes_total"] = "counter",
    };

    // There from the first event on.
    private static readonly string[] Histograms = ["akkasockets_delivery_seconds", "akkasockets_handoff_seconds", "akkasockets_journal_seconds"];

    [Fact]
    public async Task A_fresh_node_tells_every_counter_and_gauge_by_each_label_that_is_known()
    {
        await using var node = await NodeProcess.StartAsync(log);
        await MetricsPage.UntilAsync(node, "akkasockets_moves_paused", 0);
        await MetricsPage.UntilAsync(node, "akkasockets_shards", 256);
        var metrics = await MetricsPage.ReadAsync(node);

        Assert.Equal(Types.OrderBy(type => type.Key, StringComparer.Ordinal), metrics.Types.Where(type => type.Key.StartsWith("akkasockets_", StringComparison.Ordinal)).OrderBy(type => type.Key, StringComparer.Ordinal));
        string[] kinds = ["durable", "ephemeral"], results = ["accepted", "duplicate", "refused", "unavailable"], reasons = ["rebalance", "drain", "admin"];
        int[] codes = [1000, 1003, 1006, 1007, 1009, 1011, 1012, 1013, 4001, 4002, 4003, 4004, 4501, 4502, 4503, 4504];
        string[] samples =
        [
            .. Types.Where(type => type.Value == "gauge").Select(type => type.Key),
            "akkasockets_deliveries_total",
            .. kinds.SelectMany(kind => results.Select(result => $"akkasockets_messages_total{{kind={kind},result={result}}}")),
            .. reasons.Select(reason => $"akkasockets_reconnect_frames_total{{reason={reason}}}"),
            .. codes.Select(code => $"akkasockets_closes_total{{code={code}}}"),
        ];
        Assert.Equal(samples.Order(StringComparer.Ordinal), metrics.Samples.Order(StringComparer.Ordinal));
        Assert.All(samples, sample => Assert.Equal(sample == "akkasockets_shards" ? 256 : 0, metrics[sample]));
    }

    [Fact]
    public async Task Prometheus_is_told_what_happened()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        var (bob, _) = await RawSocket.ReadyAsync(node, "?user=bob");
        await alice.SendAsync(FrameText.Send("bob", "m"));
        await bob.ReadAsync("msg");
        await alice.ReadAsync("ok");
        Assert.Equal(1, await node.Backend.PublishEphemeralAsync("bob", "1"));
        await bob.ReadAsync("msg");
        await node.Backend.AskAsync(HttpMethod.Post, "/api/users/bob/reconnect", null);
        await bob.ReadAsync("reconnect");

        // Told after the frame is written.
        await MetricsPage.UntilAsync(node, "akkasockets_delivery_seconds_count", 2);
        await MetricsPage.UntilAsync(node, "akkasockets_outbox_bytes", 0);
        var metrics = await MetricsPage.ReadAsync(node);
        Assert.Equal(2, metrics["akkasockets_connections"]);
        Assert.Equal(2, metrics["akkasockets_users"]);
        Assert.Equal(256, metrics["akkasockets_shards"]);
        Assert.Equal(0, metrics["akkasockets_draining"]);
        Assert.Equal(1, metrics["akkasockets_messages_total{kind=durable,result=accepted}"]);
        Assert.Equal(1, metrics["akkasockets_messages_total{kind=ephemeral,result=accepted}"]);
        Assert.Equal(2, metrics["akkasockets_deliveries_total"]);
        Assert.Equal(1, metrics["akkasockets_reconnect_frames_total{reason=admin}"]);
        Assert.Equal(0, metrics["akkasockets_reconnect_pending"]);
        Assert.True(metrics["akkasockets_journal_seconds_count{operation=write}"] >= 2);
        Assert.True(metrics["akkasockets_journal_seconds_count{operation=recover}"] >= 2);
        Assert.All(Histograms.Where(name => metrics.Types.ContainsKey(name)), name => Assert.Equal("histogram", metrics.Types[name]));
        Assert.Subset(metrics.Types.Keys.ToHashSet(), new HashSet<string>(["akkasockets_delivery_seconds", "akkasockets_journal_seconds"]));
    }

    [Fact]
    public async Task Messages_are_counted_by_what_becomes_of_them()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Delivery:DeadlineMs", 20_000));
        var answers = new List<JsonElement>();
        for (var i = 0; i < 2; i++)
        {
            var answer = await PublishAsync("1", "a");
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            answers.Add(answer.Json);
        }
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PublishAsync("2", "a")).Status);
        var (bob, _) = await RawSocket.ReadyAsync(node, "?user=bob");
        for (var i = 0; i < 2; i++)
        {
            await bob.SendAsync(FrameText.Send("alice", "b"));
            answers.Add(await bob.ReadAsync("ok"));
        }
        await bob.SendAsync(FrameText.Send("alice", "b", "2"));
        await bob.ReadAsync("err");
        await using (await HeldStore.HoldAsync(node)) Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PublishAsync("3", "c")).Status);

        var metrics = await MetricsPage.ReadAsync(node);
        // On a busy machine the node itself asks again under the first's id, and says so.
        var duplicates = answers.Count(answer => answer.Flag("dup"));
        Assert.InRange(duplicates, 2, 4);
        foreach (var (result, count) in (Dictionary<string, double>)new() { ["accepted"] = 4 - duplicates, ["duplicate"] = duplicates, ["refused"] = 2, ["unavailable"] = 1 })
        {
            Assert.Equal((result, count), (result, metrics[$"akkasockets_messages_total{{kind=durable,result={result}}}"]));
            Assert.Equal((result, 0), (result, metrics[$"akkasockets_messages_total{{kind=ephemeral,result={result}}}"]));
        }

        Task<BackendAnswer> PublishAsync(string data, string id) => node.Backend.AskAsync(HttpMethod.Post, BackendClient.MessagesOf("alice"), BackendClient.Body(data, id, ephemeral: false));
    }

    [Fact]
    public async Task Closes_are_counted_by_their_code()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var leaver = (await RawSocket.ReadyAsync(node, "?user=leaver")).Socket;
        await leaver.CloseAsync();
        var binary = (await RawSocket.ReadyAsync(node, "?user=binary")).Socket;
        await binary.SendAsync(new RawFrame(Opcode.Binary, [1]));
        Assert.Equal(1003, (await binary.ReadCloseAsync()).Code);
        var removed = (await RawSocket.ReadyAsync(node, "?user=removed")).Socket;
        await node.Backend.AskAsync(HttpMethod.Delete, "/api/users/removed/connections", null);
        Assert.Equal(4502, (await removed.ReadCloseAsync()).Code);
        for (var i = 0; i < 2; i++)
        {
            var older = (await RawSocket.ReadyAsync(node, $"?user=twice-{i}&device=phone")).Socket;
            await RawSocket.ReadyAsync(node, $"?user=twice-{i}&device=phone");
            Assert.Equal(4503, (await older.ReadCloseAsync()).Code);
        }

        foreach (var (code, count) in (Dictionary<int, int>)new() { [1000] = 1, [1003] = 1, [4502] = 1, [4503] = 2, [1011] = 0 })
            await MetricsPage.UntilAsync(node, $"akkasockets_closes_total{{code={code}}}", count);
    }

    [PromtoolFact]
    public async Task Prometheus_own_parser_finds_nothing_wrong_with_them()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        await node.Backend.AskAsync(HttpMethod.Post, BackendClient.MessagesOf("alice"), BackendClient.Body("1", "id", ephemeral: false));
        await alice.ReadAsync("msg");
        await node.Backend.AskAsync(HttpMethod.Post, "/api/users/alice/reconnect", null);
        await alice.ReadAsync("reconnect");
        await alice.CloseAsync();

        await MetricsPage.UntilAsync(node, "akkasockets_closes_total{code=1000}", 1);
        await MetricsPage.UntilAsync(node, "akkasockets_delivery_seconds_count", 1);
        Assert.Equal("", await Promtool.CheckAsync((await MetricsPage.ReadAsync(node)).Text));
    }
}
