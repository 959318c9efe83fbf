using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Scenarios;

namespace AkkaSockets.Peers.Reports;

/// <summary>What a run came to, for people, documents and programs.</summary>
internal sealed class Report(Results results, Circumstances circumstances, IReadOnlyList<Contender> contenders, IReadOnlyList<string> scenarios, Sizes sizes, int rounds, TimeSpan took)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public string ToMarkdown()
    {
        var price = PriceTable.Render(results, sizes);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {circumstances.StartedAt:yyyy-MM-dd HH:mm} UTC, {rounds} round{(rounds == 1 ? "" : "s")} in {took.TotalMinutes:0.0} minutes, on {circumstances.Machine}; load average before it {circumstances.LoadBefore:0.0}.
            {string.Join(", ", circumstances.Versions.Select(version => $"{version.Key} {version.Value}"))}.

            {new ComparisonTable(results, contenders, scenarios, sizes).Render()}
            {(price.Length == 0 ? "" : $"What durability costs, AkkaSockets' own messages side by side:\n\n{price}\n")}{Ledger()}
            """).TrimEnd() + "\n";
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            circumstances.StartedAt,
            circumstances.Machine,
            circumstances.LoadBefore,
            circumstances.Versions,
            Rounds = rounds,
            Seconds = Math.Round(took.TotalSeconds, 1),
            Figures = from contender in contenders
                      from metric in Metrics.All
                      where scenarios.Contains(metric.Scenario)
                      let values = results.ValuesOf(contender.Key, metric.Id)
                      select new
                      {
                          Contender = contender.Key,
                          Metric = metric.Id,
                          Rounds = values,
                          Median = values.Count == 0 ? (double?)null : results.MedianOf(contender.Key, metric.Id),
                          Reason = values.Count == 0 ? results.ReasonOf(contender.Key, metric) : null,
                      },
            results.Acknowledged,
            results.Lost,
            results.IsSound,
            results.Faults,
        },
        Json);

    private string Ledger()
    {
        var durable = results.Acknowledged == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Durable messages acknowledged in all of this: {results.Acknowledged:N0}; lost: {results.Lost:N0}.");
        return results.Faults.Count == 0 ? durable : $"{durable}\n\nWhat went wrong:\n{string.Concat(results.Faults.Select(fault => $"- {fault}\n"))}";
    }
}
