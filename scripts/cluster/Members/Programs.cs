using System.Reflection;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>The programs that members are, as the build of this one left them.</summary>
internal static class Programs
{
    public static string Node { get; } = Find("Node");

    public static string Lighthouse { get; } = Find("Lighthouse");

    /// <summary>k8s/base/haproxy.cfg.</summary>
    public static string HaproxyConfiguration { get; } = Find("HaproxyConfiguration");

    /// <summary>The host that runs them: the one that <c>dotnet run</c> is, where that is known.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    private static string Find(string name)
    {
        var relative = typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
    }
}
