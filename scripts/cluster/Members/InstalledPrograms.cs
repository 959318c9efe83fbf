namespace AkkaSockets.LocalCluster.Members;

/// <summary>What the system has.</summary>
internal static class InstalledPrograms
{
    /// <summary>The first in PATH; null where there is none.</summary>
    public static string? Find(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}".Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
