namespace AkkaSockets.LocalCluster.Members;

/// <summary>Where everything of a cluster is: Redis' files and all logs. One cluster has it at a time.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <param name="kept">Made where it is missing; null: everything is temporary.</param>
    /// <exception cref="IOException">It can't be made, or another cluster has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be written to.</exception>
    public RunFolder(string? kept)
    {
        Temporary = Directory.CreateTempSubdirectory("akkasockets-cluster-").FullName;
        try
        {
            Path = kept is null ? Temporary : Directory.CreateDirectory(kept).FullName;
            _lock = Lock(Path);
        }
        catch
        {
            Directory.Delete(Temporary, recursive: true);
            throw;
        }
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs"));
    }

    public string Path { get; }

    /// <summary>For what nobody needs later. The guard deletes it.</summary>
    public string Temporary { get; }

    /// <summary>A member's own folder, made if need be.</summary>
    public string Of(string member) => Directory.CreateDirectory(System.IO.Path.Combine(Path, member)).FullName;

    /// <summary>What a member writes.</summary>
    public string LogOf(string member) => System.IO.Path.Combine(Path, "logs", $"{member}.log");

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new IOException($"another cluster runs in {folder}");
        }
    }
}
