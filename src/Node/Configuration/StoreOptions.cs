using StackExchange.Redis;

namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Persistence</c>: where logs are kept.</summary>
[Section("Persistence")]
public sealed class StoreOptions
{
    public const string Embedded = "embedded";
    public const string RedisProvider = "redis";

    /// <summary>Which store: <see cref="Embedded"/>, a file for one node, which needs nothing beside it, or <see cref="RedisProvider"/>, for any number.</summary>
    [OneOf(Embedded, RedisProvider)]
    public string Provider { get; set; } = Embedded;

    /// <summary>The embedded store's folder, made at start; relative to the working directory.</summary>
    public string Path { get; set; } = "data";

    /// <summary>StackExchange.Redis configuration string (<c>host:port,password=…</c>), for <see cref="RedisProvider"/> only.</summary>
    [Secret]
    public string Redis { get; set; } = "";
}

internal sealed class StoreOptionsValidator : OptionsValidator<StoreOptions>
{
    private const string RedisForm = "a StackExchange.Redis configuration string (host:port,password=…)";

    protected override IEnumerable<string> Check(StoreOptions options)
    {
        if (options.Provider == StoreOptions.RedisProvider)
        {
            if (string.IsNullOrWhiteSpace(options.Redis)) yield return Missing(nameof(options.Redis), RedisForm + " with Persistence:Provider redis");
            else if (!NamesAServer(options.Redis)) yield return Wrong(nameof(options.Redis), options.Redis, RedisForm);
        }
        if (options.Provider == StoreOptions.Embedded && string.IsNullOrWhiteSpace(options.Path)) yield return Wrong(nameof(options.Path), options.Path, "a folder");
        // Whoever names a Redis means it; a node that kept its logs in a file then would lose them with its machine.
        if (options.Provider == StoreOptions.Embedded && options.Redis.Length > 0)
            yield return Wrong(nameof(options.Redis), options.Redis, "empty with Persistence:Provider embedded");
    }

    private static bool NamesAServer(string redis)
    {
        try
        {
            return ConfigurationOptions.Parse(redis).EndPoints.Count > 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // What it says quotes the string, and with it the password.
            return false;
        }
    }
}
