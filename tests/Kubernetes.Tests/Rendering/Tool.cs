using System.Diagnostics;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>A program that the machine may have or not.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static bool IsInstalled(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs it to its end, with <paramref name="environment"/> beside the machine's.</summary>
    /// <returns>Its exit status, what it wrote, and what it complained of.</returns>
    public static (int Status, string Output, string Errors) Run(string name, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Patience)) throw new TimeoutException($"{name} did not end.");
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}

/// <summary>A test that needs a program; without it the test is skipped, which CI takes for a fault.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute : FactAttribute
{
    public FactWithAttribute(string tool, string package) => Skip = Reason(tool, package);

    internal static string? Reason(string tool, string package) =>
        Tool.IsInstalled(tool) ? null : $"{tool} is not installed here (Debian: apt-get install {package}).";
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithAttribute : TheoryAttribute
{
    public TheoryWithAttribute(string tool, string package) => Skip = FactWithAttribute.Reason(tool, package);
}
