using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaSockets.Simulate.Movement;
using AkkaSockets.Simulate.Timeline;
using Spectre.Console;

namespace AkkaSockets.Simulate.Reports;

/// <summary>Prints what came out.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public static void Print(TimelineOptions options, IEnumerable<MovementResult> movement, IEnumerable<TimelineResult> timelines)
    {
        // A file, as a page of the documentation, has no edge.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 240;
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Nodes:N0} nodes, {options.Shards:N0} shards, {options.Sockets:N0} sockets"));
        var moves = Table("change", "scheme", "shards moved, %", "least possible, %", "between bystanders, %", "max/mean after");
        foreach (var result in movement)
        {
            Add(moves, result.Change.Describe(), result.Scheme, [Percent(result.MovedShare), Percent(result.LeastShare), Percent(result.BystanderShare), $"{result.Imbalance:N3}"]);
        }
        AnsiConsole.Write(moves);
        var times = Table("change", "sent away", "times a user", "shards moved", "placed after, s", "all back after, s", "peak accepts/s", "of one node", "refused", "without a socket at most");
        foreach (var result in timelines)
        {
            FormattableString settled = $"{(result.SettledAfter is null ? "over " : "")}{result.SettledAfter ?? options.Limit.TotalSeconds:N0}";
            Add(
                times, result.Change.Describe(), result.Policy.Describe(),
                [$"{result.DisturbancesPerUser:N3}", $"{result.ShardsMoved:N0}", $"{result.PlacedAfter:N0}", settled, $"{result.PeakAccepted:N0}", $"{result.PeakOfOneNode:N0}", $"{result.Refused:N0}", $"{result.PeakAway:N0}"]);
        }
        AnsiConsole.Write(times);
    }

    public static void PrintJson(TimelineOptions options, IEnumerable<MovementResult> movement, IEnumerable<TimelineResult> timelines) =>
        Console.WriteLine(JsonSerializer.Serialize(new { options.Nodes, options.Shards, options.Sockets, movement, timelines }, Json));

    private static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Markdown };
        foreach (var (column, place) in columns.Select((column, place) => (column, place)))
            table.AddColumn(new TableColumn(column) { Alignment = place < 2 ? Justify.Left : Justify.Right, NoWrap = true });
        return table;
    }

    private static void Add(Table table, string change, string who, FormattableString[] cells) =>
        table.AddRow([change, who, .. cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture))]);

    private static FormattableString Percent(double share) => $"{share * 100:N2}";
}
