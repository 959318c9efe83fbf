using System.Globalization;
using System.Text;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Scenarios;

namespace AkkaSockets.Peers.Reports;

/// <summary>Medians side by side, and what AkkaSockets' are as a part of each peer's: a table that reads the same in a terminal and in Markdown.</summary>
internal sealed class ComparisonTable(Results results, IReadOnlyList<Contender> contenders, IReadOnlyList<string> scenarios, Sizes sizes)
{
    private readonly List<string> _notes = [];

    /// <summary>The table, and the reasons for its dashes below it.</summary>
    public string Render()
    {
        _notes.Clear();
        var ours = contenders.FirstOrDefault(contender => contender.IsOurs);
        var peers = contenders.Where(contender => !contender.IsOurs).ToArray();
        List<string[]> rows =
        [
            ["", .. contenders.Select(contender => contender.Name), .. ours is null ? [] : peers.Select(peer => $"÷ {peer.Name.Split(' ')[0]}")],
        ];
        foreach (var scenario in scenarios)
        {
            rows.Add([$"**{scenario}**", .. Enumerable.Repeat("", rows[0].Length - 1)]);
            rows.AddRange(Metrics.All.Where(metric => metric.Scenario == scenario).Select(metric => RowOf(metric, ours, peers)));
        }
        var text = new StringBuilder(MarkdownTable.Render(rows));
        for (var i = 0; i < _notes.Count; i++) text.Append(CultureInfo.InvariantCulture, $"\n[{i + 1}] {_notes[i]}  ");
        return text.ToString().TrimEnd() + "\n";
    }

    private string[] RowOf(Metric metric, Contender? ours, Contender[] peers) =>
    [
        metric.Name.Replace("{low}", Number(sizes.LowRate, "N0"), StringComparison.Ordinal).Replace("{high}", Number(sizes.HighRate, "N0"), StringComparison.Ordinal),
        .. contenders.Select(contender => Cell(metric, contender)),
        .. ours is null ? [] : peers.Select(peer => Ratio(results.MedianOf(ours.Key, metric.Id), results.MedianOf(peer.Key, metric.ComparedWith ?? metric.Id))),
    ];

    private string Cell(Metric metric, Contender contender)
    {
        var median = results.MedianOf(contender.Key, metric.Id);
        if (!double.IsNaN(median)) return Number(median, metric.Format);
        if (results.ReasonOf(contender.Key, metric) is not { } reason) return "–";
        var note = $"{contender.Name}: {reason}.";
        if (!_notes.Contains(note)) _notes.Add(note);
        return $"– [{_notes.IndexOf(note) + 1}]";
    }

    private static string Ratio(double ours, double peer) => double.IsNaN(ours) || double.IsNaN(peer) || peer == 0 ? "" : $"{Number(ours / peer, ours / peer < 10 ? "0.00" : "N0")} ×";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
