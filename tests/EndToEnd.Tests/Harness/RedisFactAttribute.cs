namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A test that needs a redis-server: skipped, with the reason, where none is installed.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = Installed.WhyNot;
}

/// <summary>The same for a test with data.</summary>
public sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute() => Skip = Installed.WhyNot;
}

internal static class Installed
{
    /// <summary>Null where there is a redis-server in PATH.</summary>
    public static string? WhyNot { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")))
            ? null
            : "No redis-server is installed here.";
}
