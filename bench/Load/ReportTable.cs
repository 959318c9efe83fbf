using System.Globalization;
using Spectre.Console;

namespace AkkaSockets.Load;

/// <summary>A report for people.</summary>
internal static class ReportTable
{
    public static void Print(Report report)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("what", "figure");
        void Row(string what, FormattableString figure) => table.AddRow(Markup.Escape(what), Markup.Escape(figure.ToString(CultureInfo.InvariantCulture)));
        var (durable, ephemeral, reconnects) = (report.Durable, report.Ephemeral, report.Reconnects);
        Row("sockets open at the end", $"{report.Connected:N0} of {report.Users:N0}, opened at {report.AcceptsPerSecond:N0}/s");
        Row("durable: asked, acknowledged", $"{durable.Asked:N0}, {durable.Acknowledged:N0}");
        Row("  lost, duplicated, reordered", $"{durable.Lost:N0}, {durable.Duplicated:N0}, {durable.Reordered:N0}");
        Row("  not acknowledged", $"{durable.Unacknowledged:N0}, of which {durable.UnacknowledgedDelivered:N0} came");
        Row("  delivered, gaps told", $"{durable.Delivered:N0}, {durable.GapsTold:N0}");
        Row("  send to acknowledgement", Text(durable.AcknowledgementMs));
        Row("  send to delivery", Text(durable.DeliveryMs));
        Row("  the longest wait of each user", Text(durable.LongestWaitOfAUserMs));
        if (ephemeral.Asked > 0)
        {
            Row("ephemeral: asked, delivered", $"{ephemeral.Asked:N0}, {ephemeral.Delivered:N0} (the servers said {ephemeral.Told:N0}; {ephemeral.Unanswered:N0} unanswered)");
            Row("  send to delivery", Text(ephemeral.DeliveryMs));
        }
        Row("reconnect frames", $"{reconnects.Frames:N0} ({Tally.Describe(reconnects.ByReason)})");
        Row("  users by how many they got", $"{Groups(reconnects.UsersByFrames)}; mean {(double)reconnects.Frames / report.Users:0.00}");
        Row("users by connects failed in a row", $"{Groups(report.UsersByFailuresInARow)}");
        Row("longest without a socket", $"{report.LongestWithoutASocketMs:0} ms");
        Row("sockets closed, by code", $"{Tally.Describe(report.Closes)}");
        Row("errors, by code", $"{Tally.Describe(report.Errors)}");
        Row("this driver", $"{report.Driver.CpuSeconds:0.0} s of CPU in {report.Seconds:0.0} s, {report.Driver.PeakMegabytes:N0} MB");
        // Where nobody looks at a terminal, nothing has to fit into one.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 120;
        AnsiConsole.Write(table);
        foreach (var fault in report.Faults) AnsiConsole.MarkupLineInterpolated($"[red]{fault}[/]");
    }

    private static string Groups(OrderedDictionary<string, int> users) =>
        string.Join(", ", users.Select(group => FormattableString.Invariant($"{group.Key}: {group.Value:N0}")));

    private static FormattableString Text(Latency latency) => $"p50 {latency.P50:0.0}, p95 {latency.P95:0.0}, p99 {latency.P99:0.0}, max {latency.Max:0} ms";
}
