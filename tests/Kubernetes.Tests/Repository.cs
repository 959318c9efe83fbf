namespace AkkaSockets.Kubernetes.Tests;

/// <summary>The files that are tested: those of the repository that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AkkaSockets.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests read the repository that they were built in, and it is not above them.");
    }
}
