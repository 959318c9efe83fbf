using System.Text.RegularExpressions;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>The variables that a container would see.</summary>
internal static partial class PodEnvironment
{
    /// <summary>Of the workload's only container, in its first pod; with <see cref="DocumentedSecret"/> in place.</summary>
    public static IReadOnlyDictionary<string, string> Of(Manifests manifests, Workload workload)
    {
        var container = workload.Containers.Single();
        var seen = new Dictionary<string, string>();
        foreach (var name in (container.EnvFrom ?? []).Select(source => source.ConfigMapRef.Name))
        {
            foreach (var (key, value) in manifests.Find<V1ConfigMap>(name)?.Data ?? new Dictionary<string, string>()) seen[key] = value;
        }
        foreach (var variable in container.Env ?? [])
        {
            seen[variable.Name] = variable.ValueFrom is { } source ? Read(source, workload) : Reference().Replace(variable.Value ?? "", found => seen.GetValueOrDefault(found.Groups[1].Value, found.Value));
        }
        return seen;
    }

    private static string Read(V1EnvVarSource source, Workload workload) => source switch
    {
        { FieldRef.FieldPath: "metadata.name" } => $"{workload.Name}-0",
        { FieldRef.FieldPath: "metadata.namespace" } => workload.Metadata.NamespaceProperty,
        { SecretKeyRef: { } secret } => DocumentedSecret.Values.GetValueOrDefault(secret.Key, ""),
        _ => throw new InvalidOperationException($"{workload} has a variable from where this test does not look."),
    };

    // Kubernetes replaces $(NAME) where NAME was set before, and leaves it as it is elsewhere.
    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_]*)\)")]
    private static partial Regex Reference();
}
