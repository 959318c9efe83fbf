using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis;

/// <summary>What <see cref="RedisPersistenceHosting.WithRedisPersistence"/> takes. All else is in HOCON: see reference.hocon.</summary>
public sealed class RedisPersistenceOptions
{
    /// <summary>
    /// Servers and how to reach them, as StackExchange.Redis takes it: <c>host:port,host:port,password=…,ssl=true,…</c>. Required.
    /// It is handed over outside of HOCON, so that its password is in no configuration that might be logged.
    /// </summary>
    public string ConfigurationString { get; set; } = "";

    /// <summary>
    /// Adds what a connection string cannot say: the issuer of a private certificate (<c>o => o.TrustIssuer("ca.crt")</c>), a client's
    /// certificate, a token that is renewed. Null: nothing.
    /// </summary>
    public Action<ConfigurationOptions>? Configure { get; set; }

    /// <summary>Put before each key. Never changed once there is data.</summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>The number of the database, from 0. Null takes the connection string's, or 0. A Redis Cluster has 0 only.</summary>
    public int? Database { get; set; }

    /// <summary>Whether these are the journal and snapshot store of actors that name none.</summary>
    public bool IsDefault { get; set; } = true;
}
