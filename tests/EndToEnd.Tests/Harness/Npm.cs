using System.Diagnostics;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>npm, for what lock files name.</summary>
internal static class Npm
{
    /// <summary>Why it can't be run here; null when it can.</summary>
    public static string? Missing { get; } = Find("npm") is null ? "npm is not installed here: what lock files name can't be had." : null;

    /// <summary>Installs what a folder's lock file names, and runs none of it.</summary>
    /// <returns>Why that failed; null when it did not.</returns>
    public static string? Install(string folder)
    {
        var start = new ProcessStartInfo(Find("npm")!) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"npm can't install what {folder}/package-lock.json names: {errors.Result.Trim()}";
    }

    /// <summary>The first of these programs that is on the PATH; null where none is.</summary>
    public static string? Find(params IEnumerable<string> names) =>
        (from name in names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}

/// <summary>Skipped, with the reason, where there is no npm.</summary>
public sealed class NpmTheoryAttribute : TheoryAttribute
{
    public NpmTheoryAttribute() => Skip = Npm.Missing;
}
