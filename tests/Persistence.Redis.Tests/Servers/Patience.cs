namespace AkkaSockets.Persistence.Redis.Tests.Servers;

/// <summary>How long tests wait for what has to come, on a machine that may have other things to do.</summary>
public static class Patience
{
    /// <summary>Put after the servers of a connection string. What a test puts behind it goes before it.</summary>
    public const string Options = ",asyncTimeout=60000,syncTimeout=60000,connectTimeout=60000";

    /// <summary>Of the client's two time-outs the synchronous one counts for what waits for a connection.</summary>
    public const string Short = ",asyncTimeout=1000,syncTimeout=1000,connectTimeout=3000";

    /// <summary>The package's own defaults again, for tests of what fails.</summary>
    public const string None = ",asyncTimeout=3000,syncTimeout=3000,connectTimeout=3000";
}
