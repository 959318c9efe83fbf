namespace AkkaSockets.Persistence.Redis.Tests.Servers;

/// <summary>A test of what only a real server does: skipped, with the reason, where none is installed.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public const string Reason = "No redis-server is installed here, and a Garnet in this process can't be killed, paused or set up so.";

    public RedisFactAttribute()
    {
        if (!RedisServer.IsInstalled) Skip = Reason;
    }
}

/// <summary>The same for a test with data.</summary>
public sealed class RedisTheoryAttribute : TheoryAttribute
{
    public RedisTheoryAttribute()
    {
        if (!RedisServer.IsInstalled) Skip = RedisFactAttribute.Reason;
    }
}
