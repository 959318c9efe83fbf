using System.Reflection;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>The programs under test, as the build of this project left it.</summary>
internal static class BuiltNode
{
    /// <summary>The server's assembly, of the same configuration as these tests.</summary>
    public static string Path { get; } = Find("Node");

    /// <summary>The seed node's, likewise.</summary>
    public static string Lighthouse { get; } = Find("Lighthouse");

    /// <summary>The command-line client's.</summary>
    public static string Pbm { get; } = Find("Pbm");

    /// <summary>That of scripts/cluster.</summary>
    public static string LocalCluster { get; } = Find("LocalCluster");

    /// <summary>That of bench/Load.</summary>
    public static string Load { get; } = Find("Load");

    /// <summary>The host that runs it: the one that runs these tests, where that is known.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    private static string Find(string program)
    {
        var relative = typeof(BuiltNode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == program).Value!;
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, relative));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{program} is not built. Build tests/EndToEnd.Tests first.", path);
    }
}
