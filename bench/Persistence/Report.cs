using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Akka.Actor;
using Spectre.Console;
using StackExchange.Redis;

namespace AkkaSockets.PersistenceBench;

/// <summary>What a run came to.</summary>
internal sealed record Report(BenchOptions Options, string On, IReadOnlyList<WriteRow> Writes, IReadOnlyList<RecoveryRow> Recoveries)
{
    public bool IsSound => Writes.All(row => row.IsSound);

    /// <summary>The machine and the versions.</summary>
    public static string Here(string redisVersion) =>
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, " +
        $"Redis {redisVersion}, Akka {Version<ActorSystem>()}, StackExchange.Redis {Version<ConnectionMultiplexer>()}";

    public string ToJson() => JsonSerializer.Serialize(this, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });

    public void Print()
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{On}; appendfsync {Options.AppendFsync}; {Options.Bytes} bytes; medians of {Options.Rounds} rounds; µs of processor time for an event");
        var writes = new Table().Border(TableBorder.Rounded).AddColumns("writers", "store", "events/s", "of floor", "p50 ms", "p99 ms", "client µs", "server µs");
        foreach (var row in Writes)
        {
            Add(writes, $"{row.Writers:N0}", $"{row.Contender}", $"{row.EventsPerSecond:N0}", $"{row.OfFloor:P0}", $"{row.P50:N2}", $"{row.P99:N2}",
                $"{row.ClientMicros:N0}", $"{row.ServerMicros:N0}");
        }
        if (Writes.Count > 0) AnsiConsole.Write(writes);
        foreach (var row in Writes.Where(row => !row.IsSound))
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[red]{row.Contender}, {row.Writers:N0} writers: {row.Failed:N0} failed, {Math.Max(0, row.Acknowledged - row.Stored):N0} missing. {row.Fault ?? ""}[/]");
        }
        if (Recoveries.Count == 0) return;
        var recoveries = new Table().Border(TableBorder.Rounded).AddColumns("recovery", "actors/s", "events/s", "of floor");
        foreach (var row in Recoveries) Add(recoveries, $"{row.Contender}", $"{row.ActorsPerSecond:N0}", $"{row.EventsPerSecond:N0}", $"{row.OfFloor:P0}");
        AnsiConsole.Write(recoveries);
    }

    private static void Add(Table table, params FormattableString[] cells) =>
        table.AddRow([.. cells.Select(cell => Markup.Escape(cell.ToString(CultureInfo.InvariantCulture)))]);

    private static string Version<T>() => FileVersion(typeof(T).Assembly.Location);

    private static string FileVersion(string assembly) => System.Diagnostics.FileVersionInfo.GetVersionInfo(assembly).FileVersion ?? "?";
}
