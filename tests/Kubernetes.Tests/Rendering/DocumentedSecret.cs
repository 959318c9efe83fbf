using System.Text;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>The Secret that the command of docs/operations.md makes: it is run as written, but that nothing is sent to a cluster.</summary>
internal static partial class DocumentedSecret
{
    private static readonly Lazy<V1Secret> Made = new(Make);

    public static string Name => Made.Value.Metadata.Name;

    public static IReadOnlyCollection<string> Keys => [.. Values.Keys];

    public static IReadOnlyDictionary<string, string> Values => Made.Value.Data.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value));

    public static string Namespace => Made.Value.Metadata.NamespaceProperty;

    private static V1Secret Make()
    {
        var command = Command().Match(Repository.Read("docs/operations.md")).Value;
        var (status, output, errors) = Tool.Run("sh", ["-c", $"{command.TrimEnd()} --dry-run=client --output yaml"]);
        if (status != 0) throw new InvalidOperationException($"The documented command failed: {errors}");
        return KubernetesYaml.Deserialize<V1Secret>(output, strict: true);
    }

    // With the lines that it goes on in.
    [GeneratedRegex(@"^kubectl [^\n]*create secret generic (?:[^\n]*\\\n)*[^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex Command();
}
