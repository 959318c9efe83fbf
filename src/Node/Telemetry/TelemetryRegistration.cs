using AkkaSockets.Node.Listeners;
using AkkaSockets.Persistence.Redis;
using OpenTelemetry.Metrics;

namespace AkkaSockets.Node.Telemetry;

/// <summary>Publishes the node's instruments.</summary>
public static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(NodeMeters.Name, RedisPersistenceTelemetry.MeterName)
            .AddPrometheusExporter());
        return services;
    }

    /// <summary><c>GET /metrics</c>, Prometheus text, on the inner listener.</summary>
    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").OnListener(ListenerRole.Api);
}
