using AkkaSockets.Simulate.Movement;
using AkkaSockets.Simulate.Timeline;
using ScottPlot;

namespace AkkaSockets.Simulate.Reports;

/// <summary>Draws what came out: what moves by scheme, and each change over time.</summary>
internal static class Pictures
{
    private const int Width = 900;
    private const int Height = 420;

    /// <summary>A change over more seconds than this is drawn to here.</summary>
    private const double Seconds = 600;

    public static void Draw(DirectoryInfo folder, IReadOnlyCollection<MovementResult> movement, IReadOnlyCollection<TimelineResult> timelines)
    {
        folder.Create();
        foreach (var change in movement.GroupBy(result => result.Change)) Save(MovedBy(change.Key, [.. change]), folder, $"moved-{change.Key}");
        foreach (var change in timelines.GroupBy(result => result.Change)) Save(Accepted(change.Key, [.. change]), folder, $"accepts-{change.Key}");
    }

    private static Plot MovedBy(Change change, MovementResult[] results)
    {
        var plot = new Plot();
        for (var place = 0; place < results.Length; place++)
        {
            var bar = plot.Add.Bar(place, results[place].MovedShare * 100);
            bar.Bars[0].Label = $"{results[place].MovedShare * 100:0.##} %";
        }
        plot.Axes.Bottom.SetTicks([.. results.Select((_, place) => (double)place)], [.. results.Select(result => result.Scheme)]);
        var least = plot.Add.HorizontalLine(results[0].LeastShare * 100);
        least.LegendText = "least possible";
        plot.Title($"Shards moved: {change.Describe()}");
        plot.YLabel("% of all shards");
        plot.Axes.Margins(bottom: 0, top: 0.15);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;
    }

    private static Plot Accepted(Change change, TimelineResult[] results)
    {
        var plot = new Plot();
        foreach (var result in results)
        {
            var drawn = result.Moments.TakeWhile(moment => moment.Second <= Seconds).ToArray();
            var line = plot.Add.Scatter(drawn.Select(moment => moment.Second).ToArray(), drawn.Select(moment => Math.Log10(1 + moment.Accepted)).ToArray());
            line.LegendText = result.Policy switch
            {
                Policy.Migrated => "AkkaSockets: who must move is sent away, paced",
                Policy.Everybody => "everybody is dropped",
                var other => other.Describe(),
            };
            line.MarkerSize = 0;
            line.LineWidth = 2;
        }
        double[] powers = [0, 1, 2, 3, 4, 5, 6, 7];
        plot.Axes.Left.SetTicks([.. powers], ["0", "10", "100", "1,000", "10,000", "100,000", "1,000,000", "10,000,000"]);
        plot.Title($"Sockets accepted a second, all nodes: {change.Describe()}");
        plot.XLabel("seconds");
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static void Save(Plot plot, DirectoryInfo folder, string name) =>
        plot.SaveSvg(Path.Combine(folder.FullName, $"{name.ToLowerInvariant()}.svg"), Width, Height);
}
