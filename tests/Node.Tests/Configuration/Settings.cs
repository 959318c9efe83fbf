using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace AkkaSockets.Node.Tests.Configuration;

/// <summary>Reads settings as a node does, from a dictionary in place of its files.</summary>
internal static class Settings
{
    public const string Key = "a-signing-key-of-at-least-32-bytes";

    /// <summary>What Production can't do without.</summary>
    private static readonly Dictionary<string, string?> Least = new() { ["Auth:SigningKey"] = Key, ["Api:Keys"] = "a-key-of-backends" };

    public static ServiceProvider Read(params (string Key, string? Value)[] settings) => ReadBare(Environments.Production, [.. Pairs(Least), .. settings]);

    /// <summary>With no setting but those given.</summary>
    public static ServiceProvider ReadBare(string environment, params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddNodeOptions(Configuration(settings), new Named(environment));
        return services.BuildServiceProvider();
    }

    public static IReadOnlyList<string> FaultsOf(params (string Key, string? Value)[] settings) => Assert.Throws<SettingsException>(() => Read(settings)).Lines;

    public static IReadOnlyList<string> FaultsOfBare(string environment, params (string Key, string? Value)[] settings) =>
        Assert.Throws<SettingsException>(() => ReadBare(environment, settings)).Lines;

    public static IConfiguration Configuration(params (string Key, string? Value)[] settings)
    {
        var builder = new ConfigurationBuilder();
        // One source each, so that the same key may come twice and the later one wins.
        foreach (var (key, value) in settings) builder.AddInMemoryCollection([new(key, value)]);
        return builder.Build();
    }

    public static Dictionary<string, string> Masked(IServiceProvider node) =>
        node.GetRequiredService<SettingsInForce>().Masked().ToDictionary(setting => setting.Key, setting => setting.Value);

    private static IEnumerable<(string Key, string? Value)> Pairs(Dictionary<string, string?> settings) => settings.Select(pair => (pair.Key, pair.Value));

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "AkkaSockets.Node";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
