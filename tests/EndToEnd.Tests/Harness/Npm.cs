using System.Diagnostics;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>npm, for what lock files name.</summary>
internal static class Npm
{
    /// <summary>Why it can't be run here; null when it can.</summary>
    public static string? Missing { get; } = Find("npm") is null ? "npm is not installed here: what lock files name can't be had." : null;

    /// <summary>Installs what a folder's lock file names, where that is not there yet, and runs none of it.</summary>
    /// <returns>Why that failed; null when it did not.</returns>
    public static string? Install(string folder)
    {
        // npm writes this one at the end.
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"))) return null;
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

/// <summary>Skipped, with the reason, where the TypeScript that clients/js names can't be had. Fetches it when it is not there yet.</summary>
public sealed class TypeScriptFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> LazyMissing = new(() => NodeJs.Missing ?? Npm.Missing ?? Npm.Install(NodeJs.Folder));

    public TypeScriptFactAttribute() => Skip = LazyMissing.Value;
}
