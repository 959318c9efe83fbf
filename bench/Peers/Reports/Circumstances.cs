using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AkkaSockets.Peers.Contenders;

namespace AkkaSockets.Peers.Reports;

/// <summary>Where, when and with what it was measured.</summary>
/// <param name="Versions">By name.</param>
/// <param name="LoadBefore">The load average of the minute before the first server started.</param>
internal sealed record Circumstances(string Machine, IReadOnlyDictionary<string, string> Versions, DateTimeOffset StartedAt, double LoadBefore)
{
    public static async Task<Circumstances> NowAsync(IEnumerable<string> contenders)
    {
        var wanted = contenders.ToHashSet();
        var versions = new Dictionary<string, string> { ["AkkaSockets"] = await CommitAsync().ConfigureAwait(false), [".NET"] = Environment.Version.ToString() };
        if (wanted.Contains(SignalRContender.TheKey)) AddLibraries(versions, "Microsoft.AspNetCore.SignalR.StackExchangeRedis", "Microsoft.AspNetCore.SignalR.Protocols.MessagePack", "StackExchange.Redis");
        if (wanted.Contains(WsContender.TheKey))
        {
            versions["Node.js"] = (await OutputAsync("node", "--version").ConfigureAwait(false)).TrimStart('v');
            AddNodePackages(versions);
        }
        if (wanted.Count > 1 || !wanted.Contains(FloorContender.TheKey)) versions["redis-server"] = RedisVersion(await OutputAsync("redis-server", "--version").ConfigureAwait(false));
        return new Circumstances(Describe(), versions, DateTimeOffset.UtcNow, LoadNow());
    }

    /// <summary>The load average of the last minute.</summary>
    public static double LoadNow() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>"Redis server v=7.0.15 sha=…": what stands behind v=.</summary>
    public static string RedisVersion(string output) => output.Split(' ').FirstOrDefault(word => word.StartsWith("v=", StringComparison.Ordinal))?[2..] ?? "unknown";

    private static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores ({model}), {memory:0} GiB of memory, {RuntimeInformation.OSDescription}");
    }

    private static async Task<string> CommitAsync() =>
        await OutputAsync("git", "-C", Installed.Repository, "rev-parse", "--short", "HEAD").ConfigureAwait(false) is { Length: > 0 } commit ? commit : "of no commit";

    /// <summary>As the build resolved them.</summary>
    private static void AddLibraries(Dictionary<string, string> versions, params string[] names)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(Installed.SignalR, ".deps.json")));
        foreach (var library in json.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Name.Split('/') is [var name, var version] && names.Contains(name)) versions[name] = version;
        }
    }

    private static void AddNodePackages(Dictionary<string, string> versions)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Installed.Ws, "package.json")));
        foreach (var package in json.RootElement.GetProperty("dependencies").EnumerateObject()) versions[$"{package.Name} (npm)"] = package.Value.GetString()!;
    }

    /// <summary>What a program writes; empty where there is no such program, or it fails.</summary>
    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            return process.ExitCode == 0 ? output.Trim() : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
