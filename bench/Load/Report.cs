using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace AkkaSockets.Load;

/// <summary>What a run came to.</summary>
internal sealed record Report(
    int Users, int Connected, double AcceptsPerSecond, long Asked, long Accepted, long Unaccepted, long Delivered, long Lost, long Duplicated, long Reordered, long Ephemeral, long Gaps,
    double AnswerP50, double AnswerP99, double AnswerMax, double P50, double P95, double P99, double Max,
    int ReconnectFrames, int UsersTold, int MostFramesToOne, int OtherReconnects, double LongestOffline, IReadOnlyList<string> Faults)
{
    public bool IsClean => Lost == 0 && Duplicated == 0 && Reordered == 0;

    public static Report Of(LoadOptions options, LoadRun run) => new(
        options.Users, run.Users.Count(user => user.IsConnected), run.AcceptsPerSecond,
        run.Asked, run.Ledger.Accepted, run.Ledger.Unaccepted, run.Ledger.Received, run.Ledger.Missing().Count, run.Ledger.Duplicated, run.Ledger.Reordered, run.Ledger.Ephemeral,
        run.Users.Sum(user => user.Gaps),
        run.Answers.Percentile(0.5), run.Answers.Percentile(0.99), run.Answers.Max,
        run.Delivery.Percentile(0.5), run.Delivery.Percentile(0.95), run.Delivery.Percentile(0.99), run.Delivery.Max,
        run.Users.Sum(user => user.ReconnectFrames), run.Users.Count(user => user.ReconnectFrames > 0), run.Users.Max(user => user.ReconnectFrames),
        run.Users.Sum(user => user.OtherReconnects), run.Users.Max(user => user.LongestOffline),
        [.. run.Users.Select(user => user.Fault).OfType<string>().Distinct().Take(5)]);

    public string ToJson() => JsonSerializer.Serialize(this, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });

    public void Print()
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("what", "figure");
        void Row(string what, FormattableString figure) => table.AddRow(Markup.Escape(what), Markup.Escape(figure.ToString(CultureInfo.InvariantCulture)));
        Row("sockets connected at the end", $"{Connected:N0} of {Users:N0}");
        Row("opened", $"{AcceptsPerSecond:N0}/s");
        Row("durable: asked, accepted, not accepted", $"{Asked:N0}, {Accepted:N0}, {Unaccepted:N0}");
        Row("delivered", $"{Delivered:N0} durable, {Ephemeral:N0} ephemeral");
        Row("lost, duplicated, reordered", $"{Lost:N0}, {Duplicated:N0}, {Reordered:N0}");
        Row("gaps told", $"{Gaps:N0}");
        Row("send to acceptance p50, p99, max", $"{AnswerP50:0.0}, {AnswerP99:0.0}, {AnswerMax:0} ms");
        Row("send to delivery p50, p95, p99, max", $"{P50:0.0}, {P95:0.0}, {P99:0.0}, {Max:0} ms");
        Row("reconnect frames", $"{ReconnectFrames:N0} to {UsersTold:N0} users, at most {MostFramesToOne:N0} to one");
        Row("other reconnects", $"{OtherReconnects:N0}");
        Row("longest without a socket", $"{LongestOffline:0} ms");
        AnsiConsole.Write(table);
        foreach (var fault in Faults) AnsiConsole.MarkupLineInterpolated($"[red]{fault}[/]");
    }
}
