using System.Reflection;

namespace AkkaSockets.Peers.Contenders;

/// <summary>The programs that are started, and the files of this repository: as the build of this program left them, or as <see cref="Publishing"/> did.</summary>
internal static class Installed
{
    public static string Node { get; set; } = Find("Node");

    public static string Lighthouse { get; set; } = Find("Lighthouse");

    public static string SignalR { get; set; } = Find("SignalR");

    public static string Floor { get; set; } = Find("Floor");

    /// <summary>The folder of the ws server.</summary>
    public static string Ws { get; } = Find("Ws");

    public static string Repository { get; } = Find("Repository");

    /// <summary>The host that runs them: the one that <c>dotnet run</c> is, where that is known.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    public static string? RedisServer { get; } = OnPath("redis-server");

    public static string? NodeJs { get; } = OnPath("node");

    public static string? Npm { get; } = OnPath("npm");

    /// <summary>One line that says what to install for these contenders; null when nothing is missing.</summary>
    public static string? WhatIsMissing(IEnumerable<string> contenders)
    {
        if (!OperatingSystem.IsLinux()) return "This needs Linux; on Windows, WSL.";
        var wanted = contenders.ToHashSet();
        var missing = new List<string>();
        if (RedisServer is null && wanted.Overlaps([AkkaSocketsContender.TheKey, SignalRContender.TheKey, WsContender.TheKey])) missing.Add("redis-server (Debian, Ubuntu: apt-get install redis-server)");
        if ((NodeJs is null || Npm is null) && wanted.Contains(WsContender.TheKey)) missing.Add("node and npm (Debian, Ubuntu: apt-get install nodejs npm; Node.js 20 or later)");
        return missing.Count == 0 ? null : $"Not in PATH: {string.Join("; ", missing)}. Or leave out what needs it: --contender {FloorContender.TheKey}.";
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Find(string name)
    {
        var relative = typeof(Installed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
    }
}
