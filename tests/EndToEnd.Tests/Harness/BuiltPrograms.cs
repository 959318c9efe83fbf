using System.Reflection;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Programs beside the node, as the build of this project left them.</summary>
internal static class BuiltPrograms
{
    /// <summary>The command-line client's assembly.</summary>
    public static string Pbm { get; } = Find("Pbm");

    private static string Find(string name)
    {
        var relative = typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{name} is not built. Build tests/EndToEnd.Tests first.", path);
    }
}
