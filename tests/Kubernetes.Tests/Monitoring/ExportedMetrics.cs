using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Telemetry;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Kubernetes.Tests.Monitoring;

/// <summary>The names under which <c>/metrics</c> tells a node's instruments, out of the code that makes them.</summary>
internal static class ExportedMetrics
{
    public static IReadOnlySet<string> Names { get; } = Read();

    private static HashSet<string> Read()
    {
        RuntimeHelpers.RunClassConstructor(typeof(NodeMeters).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(RedisPersistenceTelemetry).TypeHandle);
        using var gauges = new NodeGauges(new PlacementBoard(), new DrainState(), Options.Create(new ClusterMemberOptions()));
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is NodeMeters.Name or RedisPersistenceTelemetry.MeterName) names.UnionWith(NamesOf(instrument));
            },
        };
        listener.Start();
        return names;
    }

    /// <summary>As OpenTelemetry's exporter writes them in Prometheus' text.</summary>
    private static IEnumerable<string> NamesOf(Instrument instrument) => instrument switch
    {
        Counter<long> => [$"{instrument.Name}_total"],
        Histogram<double> => [$"{instrument.Name}_bucket", $"{instrument.Name}_sum", $"{instrument.Name}_count"],
        _ => [instrument.Name],
    };
}
