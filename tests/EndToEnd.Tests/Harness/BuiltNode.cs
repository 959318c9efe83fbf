using System.Reflection;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// The programs under test, as the build of this project left it. Where the variable AKKASOCKETS_PUBLISHED names a folder, members are those that were published to Node and Lighthouse in it: CI has
/// what an image has tested, and these start in less time.
/// </summary>
internal static class BuiltNode
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("AKKASOCKETS_PUBLISHED") is { Length: > 0 } folder ? folder : null;

    /// <summary>The server's assembly.</summary>
    public static string Path { get; } = FindMember("Node");

    /// <summary>The seed node's, likewise.</summary>
    public static string Lighthouse { get; } = FindMember("Lighthouse");

    /// <summary>The command-line client's.</summary>
    public static string Pbm { get; } = Find("Pbm");

    /// <summary>That of scripts/cluster.</summary>
    public static string LocalCluster { get; } = Find("LocalCluster");

    /// <summary>That of bench/Load.</summary>
    public static string Load { get; } = Find("Load");

    /// <summary>The host that runs it: the one that runs these tests, where that is known.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>
    /// The server, or the seed node, with more in its akka.hocon, which is read from beside the program: a folder of links to all else that it has. The assembly itself is a copy, since the
    /// folder that counts is the one where it really is.
    /// </summary>
    /// <param name="program">Which; null: the server.</param>
    public static string With(string hocon, string? program = null)
    {
        program ??= Path;
        var from = System.IO.Path.GetDirectoryName(program)!;
        var to = Directory.CreateDirectory(System.IO.Path.Combine(Reaper.Folder, $"program-{Guid.NewGuid():N}")).FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(from)) File.CreateSymbolicLink(System.IO.Path.Combine(to, System.IO.Path.GetFileName(entry)), entry);
        var (akka, assembly) = (System.IO.Path.Combine(to, "akka.hocon"), System.IO.Path.Combine(to, System.IO.Path.GetFileName(program)));
        File.Delete(akka);
        File.WriteAllText(akka, $"{File.ReadAllText(System.IO.Path.Combine(from, "akka.hocon"))}{Environment.NewLine}{hocon}");
        File.Delete(assembly);
        File.Copy(program, assembly);
        return assembly;
    }

    private static string FindMember(string program)
    {
        if (Published is null) return Find(program);
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Published, program, $"AkkaSockets.{program}.dll"));
        return File.Exists(path) ? path : throw new FileNotFoundException($"AKKASOCKETS_PUBLISHED is set, and {program} is not published there.", path);
    }

    private static string Find(string program)
    {
        var relative = typeof(BuiltNode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == program).Value!;
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, relative));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{program} is not built. Build tests/EndToEnd.Tests first.", path);
    }
}
