namespace AkkaSockets.Persistence.Redis;

/// <summary>What one server answered about keeping its data. A null is what it would not tell.</summary>
/// <param name="Server">Its address.</param>
/// <param name="MaxMemoryPolicy"><c>maxmemory-policy</c>: what it does once maxmemory is reached.</param>
/// <param name="AppendOnly"><c>appendonly</c>: whether it writes a log that survives a restart.</param>
/// <param name="AppendFsync"><c>appendfsync</c>: how often that log is forced to the disk.</param>
public sealed record RedisServerReport(string Server, string? MaxMemoryPolicy, bool? AppendOnly, string? AppendFsync)
{
    /// <summary>Why this server must not be used, or null.</summary>
    public string? Refusal => MaxMemoryPolicy is null or "noeviction"
        ? null
        : $"Redis at {Server} has maxmemory-policy {MaxMemoryPolicy}, with which it may drop events when memory runs out. " +
          "Set maxmemory-policy noeviction.";

    /// <summary>What can be lost, and what could not be found out.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            if (MaxMemoryPolicy is null)
                yield return $"Redis at {Server} does not tell its maxmemory-policy. Make sure that it is noeviction.";
            switch (AppendOnly, AppendFsync)
            {
                case (null, _):
                    yield return $"Redis at {Server} does not tell whether it has an append-only file. Make sure that it keeps its data over a restart.";
                    break;
                case (false, _):
                    yield return $"Redis at {Server} has no append-only file: a restart loses what came since its last snapshot. " +
                        "Set appendonly yes, and appendfsync always if a power cut must not cost anything.";
                    break;
                case (true, "no"):
                    yield return $"Redis at {Server} has appendfsync no: a power cut loses what the operating system had not yet written. " +
                        "Set appendfsync always, or everysec to lose a second at most.";
                    break;
                case (true, "everysec"):
                    yield return $"Redis at {Server} has appendfsync everysec: a power cut can lose about a second of acknowledged events. " +
                        "Set appendfsync always if it must not.";
                    break;
                case (true, null):
                    yield return $"Redis at {Server} does not tell its appendfsync. With everysec a power cut can lose about a second of " +
                        "acknowledged events, with always none.";
                    break;
            }
        }
    }
}
