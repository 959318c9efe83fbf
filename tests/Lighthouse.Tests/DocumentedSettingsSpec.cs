namespace AkkaSockets.Lighthouse.Tests;

/// <summary>docs/operations.md has a row for each setting that is the seed node's own.</summary>
public sealed class DocumentedSettingsSpec
{
    private static readonly string[] Document = ReadDocument();

    [Fact]
    public void Each_listener_is_there_with_its_default() => Assert.All(typeof(LighthouseListenerOptions).GetProperties(), key =>
    {
        Assert.Equal("", key.GetValue(new LighthouseListenerOptions()));
        Assert.Contains(Document, line => line.StartsWith($"| `Listen:{key.Name}` | empty: nowhere |", StringComparison.Ordinal));
    });

    [Fact]
    public void Its_port_is_there() => Assert.Contains(Document, line => line.Contains($"but `Cluster:Port` {LighthouseSettings.DefaultPort} |", StringComparison.Ordinal));

    private static string[] ReadDocument()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AkkaSockets.sln"))) folder = folder.Parent;
        return folder is not null
            ? File.ReadAllLines(Path.Combine(folder.FullName, "docs", "operations.md"))
            : throw new InvalidOperationException("This test reads the repository that it was built in, and that is not above it.");
    }
}
