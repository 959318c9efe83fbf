using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Monitoring;

namespace AkkaSockets.Node.Tests.Telemetry;

/// <summary>docs/operations.md has a row for each metric, under the name that /metrics has it by.</summary>
public sealed partial class DocumentedMetricsSpec
{
    private static readonly IReadOnlyList<string> Documented =
        [.. OperationsDocument.RowsUnder("Metrics").Select(row => row[0].Split('{')[0]).Where(name => name.StartsWith("akka", StringComparison.Ordinal))];

    [Fact]
    public void Each_metric_that_a_node_exports_has_one_row_and_each_row_is_one() =>
        Assert.Equal(ExportedMetrics.Names.Select(name => HistogramPart().Replace(name, "")).Distinct().Order(), Documented.Order());

    /// <summary>A histogram has one row, under what the names of its parts begin with.</summary>
    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramPart();
}
