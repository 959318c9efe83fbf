using System.Net.Http.Headers;
using System.Text;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Telemetry;

/// <summary>Two nodes with the real exporter, told of by <c>OTEL_*</c> alone.</summary>
[Collection(ComingAndGoing.Name)]
public sealed class ExportingByOtlpSpec(ITestOutputHelper log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [RedisFact]
    public async Task A_messages_way_over_two_nodes_is_one_trace_whoever_publishes_it_and_metrics_and_logs_come_too()
    {
        await using var sink = await OtlpSink.StartAsync();
        await using var cluster = await ProcessCluster.StartAsync(log, 2, sink.Settings);
        var (here, there) = (cluster.Nodes[0], cluster.Nodes[1]);
        var user = await cluster.UserOfAsync(there);
        // The user is on the other node, and one of its sockets comes back to this one.
        await RawSocket.ReadyAsync(here, $"?user={user}&device=near");
        await RawSocket.ReadyAsync(there, $"?user={user}&device=far");
        var known = new HashSet<string>();
        var (sender, _) = await RawSocket.ReadyAsync(here, "?user=sender");

        await here.Backend.PublishAsync(user, "1");
        var request = await AssertWayAsync("the API's publish", durable: true);
        Assert.Equal((here["Cluster:NodeName"], "POST /api/users/{user}/messages", ""), (request!.Node, request.Name, request.Parent));

        await sender.SendAsync(FrameText.Send(user, "m", "2"));
        Assert.Null(await AssertWayAsync("a socket's send", durable: true));

        await sender.SendAsync($$"""{"type":"send","to":"{{user}}","data":3,"ephemeral":true}""");
        Assert.Null(await AssertWayAsync("a socket's ephemeral send", durable: false));

        // The caller's own sampling is kept to, whatever it was.
        const string Unsampled = "0af7651916cd43dd8448eb211c80319c", Sampled = "4bf92f3577b34da6a3ce929d0e0e4736", Parent = "00f067aa0ba902b7";
        await PublishAsync($"00-{Unsampled}-{Parent}-00");
        await PublishAsync($"00-{Sampled}-{Parent}-01");
        request = await AssertWayAsync("a traced caller's publish", durable: true);
        Assert.Equal((Sampled, Parent), (request!.Trace, request.Parent));
        Assert.DoesNotContain(sink.Spans, span => span.Trace == Unsampled);

        await Eventually.TrueAsync(
            () => cluster.Nodes.Select(node => node["Cluster:NodeName"]).All(node => sink.Loggers.Contains(node) && sink.Has(node, "akkasockets_deliveries") && sink.Has(node, "akkasockets_closes")),
            "both nodes' metrics and logs come", Patience);
        // Probes, scrapes and questions beside publishes would drown the traces.
        string[] names = ["publish", "user", "journal", "deliver"];
        Assert.All(sink.Spans, span => Assert.True(names.Contains(span.Name) || span.Name.Contains(" /api/", StringComparison.Ordinal), span.ToString()));

        async Task PublishAsync(string traceParent)
        {
            using var http = new HttpClient { BaseAddress = here.Api, Timeout = Eventually.Generous };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BackendClient.Key);
            http.DefaultRequestHeaders.Add("traceparent", traceParent);
            using var answer = await http.PostAsync(BackendClient.MessagesOf(user), new StringContent(BackendClient.Body("4", null, ephemeral: false), Encoding.UTF8, "application/json"));
            answer.EnsureSuccessStatusCode();
        }

        // The newest publish's spans; the result is what it is part of.
        async Task<ExportedSpan?> AssertWayAsync(string what, bool durable)
        {
            ExportedSpan? publish = null;
            List<ExportedSpan> way = [];
            await Eventually.TrueAsync(() =>
            {
                publish = sink.Spans.SingleOrDefault(span => span.Name == "publish" && !known.Contains(span.Id));
                way = [.. sink.Spans.Where(span => span.Trace == publish?.Trace)];
                return way.Count == (durable ? 5 : 4) + (publish?.Parent.Length > 0 ? 1 : 0);
            }, $"the spans of {what} are there", Patience);
            known.Add(publish!.Id);
            log.WriteLine($"{what}:{Environment.NewLine}{string.Join(Environment.NewLine, way)}");

            Assert.Equal(here["Cluster:NodeName"], publish.Node);
            var taken = Assert.Single(way, span => span.Parent == publish.Id);
            Assert.Equal((there["Cluster:NodeName"], "user"), (taken.Node, taken.Name));
            string[] parts = [$"deliver {here["Cluster:NodeName"]}", $"deliver {there["Cluster:NodeName"]}", .. durable ? (string[])[$"journal {there["Cluster:NodeName"]}"] : []];
            Assert.Equal(parts.Order(), way.Where(span => span.Parent == taken.Id).Select(span => $"{span.Name} {span.Node}").Order());
            return way.SingleOrDefault(span => span.Id == publish.Parent);
        }
    }
}
