using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class MetricsSpec(ITestOutputHelper log)
{
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

        using var http = new HttpClient { BaseAddress = node.Api };
        var samples = new Dictionary<string, double>();
        await Eventually.TrueAsync(async () =>
        {
            samples = Parse(await http.GetStringAsync("/metrics"));
            // Told after the frame is written.
            return samples.GetValueOrDefault("akkasockets_delivery_seconds_count") == 2 && samples.GetValueOrDefault("akkasockets_outbox_bytes") == 0;
        }, "the deliveries are counted");
        Assert.Equal(2, samples["akkasockets_connections"]);
        Assert.Equal(2, samples["akkasockets_users"]);
        Assert.Equal(256, samples["akkasockets_shards"]);
        Assert.Equal(0, samples["akkasockets_draining"]);
        Assert.Equal(1, samples["akkasockets_messages_total{kind=durable,result=accepted}"]);
        Assert.Equal(1, samples["akkasockets_messages_total{kind=ephemeral,result=accepted}"]);
        Assert.Equal(2, samples["akkasockets_deliveries_total"]);
        Assert.Equal(1, samples["akkasockets_reconnect_frames_total{reason=admin}"]);
        Assert.Equal(0, samples["akkasockets_reconnect_pending"]);
        Assert.True(samples["akkasockets_journal_seconds_count{operation=write}"] >= 2);
        Assert.True(samples["akkasockets_journal_seconds_count{operation=recover}"] >= 2);

        await alice.CloseAsync();
        await Eventually.TrueAsync(async () => (await http.GetStringAsync("/metrics")).Contains("akkasockets_closes_total", StringComparison.Ordinal), "the close is counted");
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

        using var http = new HttpClient { BaseAddress = node.Api };
        var metrics = "";
        await Eventually.TrueAsync(async () =>
        {
            metrics = await http.GetStringAsync("/metrics");
            return metrics.Contains("akkasockets_closes_total{", StringComparison.Ordinal) && metrics.Contains("akkasockets_delivery_seconds_bucket{", StringComparison.Ordinal);
        }, "what happened is told");
        Assert.Equal("", await Promtool.CheckAsync(metrics));
    }

    /// <summary>Samples by name and labels, without the scope's.</summary>
    private static Dictionary<string, double> Parse(string text) => text.Split('\n')
        .Where(line => line.StartsWith("akkasockets_", StringComparison.Ordinal))
        .Select(line => line.Split(' ')[..2])
        .ToDictionary(
            parts =>
            {
                var at = parts[0].IndexOf('{', StringComparison.Ordinal);
                if (at < 0) return parts[0];
                var labels = parts[0][(at + 1)..^1].Split(',').Where(label => !label.StartsWith("otel_scope", StringComparison.Ordinal)).Select(label => label.Replace("\"", "", StringComparison.Ordinal)).ToList();
                return labels.Count == 0 ? parts[0][..at] : $"{parts[0][..at]}{{{string.Join(',', labels)}}}";
            },
            parts => double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
}
