using Akka.Actor.Setup;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis;

/// <summary>
/// Hands the connection string to the plugins that have none in their HOCON, so that its password is in no configuration that
/// might be logged.
/// </summary>
/// <param name="configurationString">As StackExchange.Redis takes it.</param>
/// <param name="configure">Adds what a connection string cannot say.</param>
public sealed class RedisPersistenceSetup(string configurationString, Action<ConfigurationOptions>? configure = null) : Setup
{
    /// <summary>As StackExchange.Redis takes it.</summary>
    public string ConfigurationString { get; } = configurationString;

    /// <summary>Adds what a connection string cannot say, to this one alone; or null.</summary>
    public Action<ConfigurationOptions>? Configure { get; } = configure;
}
