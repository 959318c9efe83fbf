namespace AkkaSockets.LocalCluster.Members;

/// <summary>Where everything of a cluster is: Redis' files and all logs. One cluster has it at a time.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <param name="path">Kept, and made where it is missing; null for a temporary one, which the guard deletes.</param>
    /// <exception cref="IOException">It can't be made, or another cluster has it.</exception>
    public RunFolder(string? path)
    {
        IsTemporary = path is null;
        Path = path is null ? Directory.CreateTempSubdirectory("akkasockets-cluster-").FullName : Directory.CreateDirectory(path).FullName;
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs"));
        try
        {
            _lock = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new IOException($"another cluster runs in {Path}");
        }
    }

    public string Path { get; }

    public bool IsTemporary { get; }

    /// <summary>A member's own folder, made if need be.</summary>
    public string Of(string member) => Directory.CreateDirectory(System.IO.Path.Combine(Path, member)).FullName;

    /// <summary>What a member writes.</summary>
    public string LogOf(string member) => System.IO.Path.Combine(Path, "logs", $"{member}.log");

    public void Dispose() => _lock.Dispose();
}
