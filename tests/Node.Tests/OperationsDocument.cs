namespace AkkaSockets.Node.Tests;

/// <summary>docs/operations.md of the repository that the tests were built in: what its tables say.</summary>
internal static class OperationsDocument
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(FindRoot(), "docs", "operations.md"));

    /// <summary>The cells of each row under a heading of the second level, up to the next one. Code in a cell has lost its marks.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> RowsUnder(string heading)
    {
        var rows = Lines.SkipWhile(line => line != $"## {heading}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .Select(line => (IReadOnlyList<string>)[.. line.Trim('|').Split('|').Select(cell => cell.Replace("`", "", StringComparison.Ordinal).Trim())])
            .ToList();
        return rows.Count > 0 ? rows : throw new InvalidOperationException($"docs/operations.md has no table under {heading}.");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AkkaSockets.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("This test reads the repository that it was built in, and that is not above it.");
    }
}
