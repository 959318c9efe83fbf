using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Telemetry;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Telemetry;

/// <summary>docs/operations.md has a row for each metric, under the name that /metrics has it by.</summary>
public sealed class DocumentedMetricsSpec
{
    private static readonly IReadOnlyList<string> Documented =
        [.. OperationsDocument.RowsUnder("Metrics").Select(row => row[0].Split('{')[0]).Where(name => name.StartsWith("akka", StringComparison.Ordinal))];

    [Fact]
    public void Each_metric_that_a_node_exports_has_one_row_and_each_row_is_one() => Assert.Equal(Exported().Order(), Documented.Order());

    private static List<string> Exported()
    {
        RuntimeHelpers.RunClassConstructor(typeof(NodeMeters).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(RedisPersistenceTelemetry).TypeHandle);
        using var gauges = new NodeGauges(new PlacementBoard(), new DrainState(), Options.Create(new ClusterMemberOptions()));
        // Other tests' nodes have the same gauges meanwhile.
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name is NodeMeters.Name or RedisPersistenceTelemetry.MeterName) names.Add(NameOf(instrument));
            },
        };
        listener.Start();
        return [.. names];
    }

    /// <summary>As OpenTelemetry's exporter writes it; of a histogram, what its parts begin with.</summary>
    private static string NameOf(Instrument instrument) => instrument is Counter<long> ? $"{instrument.Name}_total" : instrument.Name;
}
