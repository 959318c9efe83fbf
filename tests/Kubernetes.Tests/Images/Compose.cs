using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace AkkaSockets.Kubernetes.Tests.Images;

/// <summary>compose.yaml, its anchors and merges resolved.</summary>
internal static class Compose
{
    public static IReadOnlyDictionary<string, Dictionary<object, object>> Services { get; } = Read();

    public static IReadOnlyCollection<string> Images { get; } = [.. Services.Values.Select(service => (string)service["image"]).Distinct()];

    /// <summary>A service's variables; those of whoever starts it have any value.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string service) =>
        ((Dictionary<object, object>)Services[service]["environment"]).ToDictionary(pair => (string)pair.Key, pair => ((string)pair.Value)
            .Replace("${AUTH_SIGNING_KEY:?}", new string('k', 64), StringComparison.Ordinal)
            .Replace("${API_KEYS:?}", "key", StringComparison.Ordinal)
            .Replace("${REDIS_PASSWORD:?}", "password", StringComparison.Ordinal));

    private static Dictionary<string, Dictionary<object, object>> Read()
    {
        var parser = new MergingParser(new Parser(new StringReader(Repository.Read("compose.yaml"))));
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser);
        return ((Dictionary<object, object>)root["services"]).ToDictionary(pair => (string)pair.Key, pair => (Dictionary<object, object>)pair.Value);
    }
}
