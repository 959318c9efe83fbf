using System.Diagnostics;
using System.Reflection;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Runs the JavaScript client in Node.js, whose WebSocket is behind a flag before version 22.</summary>
internal static class NodeJs
{
    /// <summary>Why it can't run here; null when it can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>clients/js of this repository.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, typeof(NodeJs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "JavaScriptClient").Value!));

    /// <summary>The cluster page's folder.</summary>
    public static string PageFolder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, typeof(NodeJs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ClusterPage").Value!));

    /// <summary>Starts a script of the client's folder; it ends with the tests, whatever happens.</summary>
    public static Process Start(IEnumerable<string> arguments, params (string Key, string Value)[] environment) => StartIn(Folder, arguments, environment);

    /// <summary>The same in another folder.</summary>
    public static Process StartIn(string folder, IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in (string[])["--experimental-websocket", .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var process = Process.Start(start)!;
        Reaper.Started(process.Id);
        return process;
    }

    private static string? FindMissing()
    {
        const string Wanted = "node (Node.js 20.10 or later) is not installed here: the JavaScript client can't be run.";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            var version = process.StandardOutput.ReadToEnd().Trim().TrimStart('v');
            process.WaitForExit();
            return Version.TryParse(version, out var found) && found >= new Version(20, 10) ? null : $"{Wanted} Found: {version}.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Wanted;
        }
    }
}

/// <summary>Skipped, with the reason, where there is no Node.js.</summary>
public sealed class NodeJsFactAttribute : FactAttribute
{
    public NodeJsFactAttribute() => Skip = NodeJs.Missing;
}

/// <summary>Skipped, with the reason, where there is no Node.js or no Redis.</summary>
public sealed class NodeJsClusterFactAttribute : FactAttribute
{
    public NodeJsClusterFactAttribute() => Skip = NodeJs.Missing ?? new RedisFactAttribute().Skip;
}
