using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AkkaSockets.Node.Telemetry;

/// <summary>Publishes the node's instruments.</summary>
public static class TelemetryRegistration
{
    // OpenTelemetry's own setting: where it is there, metrics, traces and logs go there too, with all that OTEL_* says of it.
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // What ASP.NET Core has to say of a request beyond that it was, it says only where this is false.
    private const string BareRequests = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services
            .AddSingleton<NodeGauges>()
            .AddSingleton<ActivityTotals>()
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("akkasockets").AddDetector(s => new NodeResource(s)))
            .WithMetrics(metrics => metrics
                .AddMeter(NodeMeters.Name, RedisPersistenceTelemetry.MeterName)
                .AddPrometheusExporter());
        if (configuration[OtlpEndpoint] is not { Length: > 0 }) return services;
        AppContext.SetSwitch(BareRequests, false);
        telemetry.WithTracing(traces => traces.AddSource(Traces.Name, ApiRequests.Source).AddProcessor(new ApiRequests())).UseOtlpExporter();
        return services;
    }

    /// <summary><c>GET /metrics</c>, Prometheus text, on the inner listener.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        // Made here: the instruments are there as long as these are, and the totals begin.
        app.Services.GetRequiredService<NodeGauges>();
        app.Services.GetRequiredService<ActivityTotals>();
        app.MapPrometheusScrapingEndpoint("/metrics").OnListener(ListenerRole.Api);
        // Not before somebody listens.
        app.Services.GetRequiredService<MeterProvider>();
        NodeMeters.StartAtZero();
    }

    /// <summary>Which node it is that tells.</summary>
    private sealed class NodeResource(IServiceProvider services) : IResourceDetector
    {
        public Resource Detect() => new([new("service.instance.id", services.GetRequiredService<IOptions<ClusterMemberOptions>>().Value.NodeName)]);
    }
}
