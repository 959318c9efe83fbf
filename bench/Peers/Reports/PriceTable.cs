using System.Globalization;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Scenarios;

namespace AkkaSockets.Peers.Reports;

/// <summary>What it costs that nothing is lost: AkkaSockets' durable messages beside its own ephemeral ones.</summary>
internal static class PriceTable
{
    private static readonly IReadOnlyList<(string Name, string Ephemeral, string Durable, string Format)> Rows =
    [
        ("{low}/s: p50, ms", Metrics.UnicastLow.P50, Metrics.DurableLow.P50, "0.00"),
        ("… p99, ms", Metrics.UnicastLow.P99, Metrics.DurableLow.P99, "0.00"),
        ("… CPU s per 1,000 messages", Metrics.UnicastLow.Cpu, Metrics.DurableLow.Cpu, "0.000"),
        ("{high}/s: p50, ms", Metrics.UnicastHigh.P50, Metrics.DurableHigh.P50, "0.00"),
        ("… p99, ms", Metrics.UnicastHigh.P99, Metrics.DurableHigh.P99, "0.00"),
        ("… CPU s per 1,000 messages", Metrics.UnicastHigh.Cpu, Metrics.DurableHigh.Cpu, "0.000"),
        ("highest rate that holds, messages/s", Metrics.UnicastHighest, Metrics.DurableHighest, "N0"),
    ];

    /// <summary>Empty unless both were measured.</summary>
    public static string Render(Results results, Sizes sizes)
    {
        string Text(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
        double Median(string metric) => results.MedianOf(AkkaSocketsContender.TheKey, metric);
        if (double.IsNaN(Median(Metrics.UnicastLow.P50)) || double.IsNaN(Median(Metrics.DurableLow.P50))) return "";
        string[][] rows =
        [
            ["", "ephemeral", "durable", "durable ÷ ephemeral"],
            .. Rows.Select(row => (string[])
            [
                row.Name.Replace("{low}", Text(sizes.LowRate, "N0"), StringComparison.Ordinal).Replace("{high}", Text(sizes.HighRate, "N0"), StringComparison.Ordinal),
                Text(Median(row.Ephemeral), row.Format),
                Text(Median(row.Durable), row.Format),
                $"{Text(Median(row.Durable) / Median(row.Ephemeral), "0.00")} ×",
            ]),
        ];
        return MarkdownTable.Render(rows);
    }
}
