using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Takes what nodes export by OTLP, http/protobuf, and reads as much of it as tests ask for (opentelemetry-proto 1.x).</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ExportedSpan> _spans = [];
    private readonly ConcurrentDictionary<(string Node, string Metric), bool> _metrics = [];
    private readonly ConcurrentDictionary<string, bool> _loggers = [];

    private OtlpSink(WebApplication app) => _app = app;

    /// <summary>All that came so far.</summary>
    public IReadOnlyList<ExportedSpan> Spans => [.. _spans];

    /// <summary>The nodes whose logs came.</summary>
    public IEnumerable<string> Loggers => _loggers.Keys;

    /// <summary>What a node is to be started with: as docs/operations.md says, and at a pace for tests.</summary>
    public (string Key, object? Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", 200), ("OTEL_BLRP_SCHEDULE_DELAY", 200), ("OTEL_METRIC_EXPORT_INTERVAL", 500),
    ];

    public static async Task<OtlpSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new OtlpSink(app);
        app.MapPost("/v1/traces", request => TakeAsync(request, sink.TakeSpans));
        app.MapPost("/v1/metrics", request => TakeAsync(request, sink.TakeMetrics));
        app.MapPost("/v1/logs", request => TakeAsync(request, sink.TakeLogs));
        await app.StartAsync();
        return sink;
    }

    public bool Has(string node, string metric) => _metrics.ContainsKey((node, metric));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task TakeAsync(HttpContext request, Action<string, ProtobufFields> take)
    {
        using var body = new MemoryStream();
        await request.Request.Body.CopyToAsync(body);
        // Of all three kinds of request: what a resource tells, and by scope. An empty body is an answer, and says that nothing was refused.
        foreach (var told in new ProtobufFields(body.ToArray())[1]) take(NodeOf(told), told);
        request.Response.ContentType = "application/x-protobuf";
    }

    private static string NodeOf(ProtobufFields told) =>
        told[1].SelectMany(resource => resource[1]).Where(attribute => attribute[1].Single().Text == "service.instance.id").Select(attribute => attribute[2].Single()[1].Single().Text).Single();

    private void TakeSpans(string node, ProtobufFields told)
    {
        foreach (var span in told[2].SelectMany(scope => scope[2]))
            _spans.Enqueue(new(node, span[1].Single().Hex, span[2].Single().Hex, span[4].Select(parent => parent.Hex).SingleOrDefault(""), span[5].Single().Text));
    }

    private void TakeMetrics(string node, ProtobufFields told)
    {
        foreach (var metric in told[2].SelectMany(scope => scope[2])) _metrics[(node, metric[1].Single().Text)] = true;
    }

    private void TakeLogs(string node, ProtobufFields told)
    {
        if (told[2].Any(scope => scope[2].Any())) _loggers[node] = true;
    }
}

/// <param name="Node">The <c>Cluster:NodeName</c> of who made it.</param>
/// <param name="Parent">Empty where it has none.</param>
internal sealed record ExportedSpan(string Node, string Trace, string Id, string Parent, string Name);
