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

    /// <summary>
    /// The server with more in its akka.hocon, which is read from beside the program: a folder of links to all else that it has. The assembly itself is a copy, since the
    /// folder that counts is the one where it really is.
    /// </summary>
    public static string With(string hocon)
    {
        var from = System.IO.Path.GetDirectoryName(Path)!;
        var to = Directory.CreateDirectory(System.IO.Path.Combine(Reaper.Folder, $"program-{Guid.NewGuid():N}")).FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(from)) File.CreateSymbolicLink(System.IO.Path.Combine(to, System.IO.Path.GetFileName(entry)), entry);
        var (akka, assembly) = (System.IO.Path.Combine(to, "akka.hocon"), System.IO.Path.Combine(to, System.IO.Path.GetFileName(Path)));
        File.Delete(akka);
        File.WriteAllText(akka, $"{File.ReadAllText(System.IO.Path.Combine(from, "akka.hocon"))}{Environment.NewLine}{hocon}");
        File.Delete(assembly);
        File.Copy(Path, assembly);
        return assembly;
    }

    private static string Find(string program)
    {
        var relative = typeof(BuiltNode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == program).Value!;
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, relative));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{program} is not built. Build tests/EndToEnd.Tests first.", path);
    }
}
