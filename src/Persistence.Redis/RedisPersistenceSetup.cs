using Akka.Actor.Setup;

namespace AkkaSockets.Persistence.Redis;

/// <summary>
/// Hands the connection string to the plugins that have none in their HOCON, so that its password is in no configuration that
/// might be logged.
/// </summary>
/// <param name="configurationString">As StackExchange.Redis takes it.</param>
public sealed class RedisPersistenceSetup(string configurationString) : Setup
{
    /// <summary>As StackExchange.Redis takes it.</summary>
    public string ConfigurationString { get; } = configurationString;
}
