using System.Diagnostics;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Prometheus' own parser.</summary>
internal static class Promtool
{
    public static string? Missing { get; } = Npm.Find("promtool") is null ? "promtool is not installed here (Debian: apt-get install prometheus): what /metrics tells can't be put to it." : null;

    /// <summary>What it finds wrong with a page of metrics: nothing, where that is well.</summary>
    public static async Task<string> CheckAsync(string metrics)
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        Reaper.Started(process.Id);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(metrics);
        process.StandardInput.Close();
        await process.WaitForExitAsync().Within(TimeSpan.FromMinutes(2));
        Reaper.Ended(process.Id);
        var found = await output + await errors;
        return process.ExitCode == 0 || found.Length > 0 ? found : $"It ended with {process.ExitCode}.";
    }
}

/// <summary>Skipped, with the reason, where there is no promtool.</summary>
public sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute() => Skip = Promtool.Missing;
}
