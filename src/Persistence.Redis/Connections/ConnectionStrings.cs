using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Connections;

/// <summary>Reads connection strings and names their servers, without telling their passwords.</summary>
internal static class ConnectionStrings
{
    /// <exception cref="ArgumentException">It is empty, or not in the form that StackExchange.Redis takes.</exception>
    public static ConfigurationOptions Parse(string configurationString, Action<ConfigurationOptions>? configure = null)
    {
        if (string.IsNullOrWhiteSpace(configurationString))
            throw new ArgumentException("The connection string of Redis (configuration-string) is empty.", nameof(configurationString));
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(configurationString);
        }
        catch (Exception e)
        {
            // Without the cause: it quotes the value that it does not understand.
            throw new ArgumentException(
                $"The connection string of Redis (configuration-string) cannot be read ({e.GetType().Name}). " +
                "Known are the keys of https://stackexchange.github.io/StackExchange.Redis/Configuration.", nameof(configurationString));
        }
        if (options.EndPoints.Count == 0)
            throw new ArgumentException("The connection string of Redis (configuration-string) names no server.", nameof(configurationString));
        options.Defaults = new ConnectionDefaults();
        configure?.Invoke(options);
        // Not a matter of taste: an attempt that fails says why, and whoever made it tries again.
        options.AbortOnConnectFail = true;
        return options;
    }

    /// <summary>The servers, for messages.</summary>
    public static string Describe(ConfigurationOptions options) => string.Join(", ", options.EndPoints.Select(EndPointCollection.ToString));
}
