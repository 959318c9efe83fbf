using System.Collections.Concurrent;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>A folder below k8s/ that can be applied.</summary>
internal static class Overlay
{
    public const string Kubectl = "kubectl";
    public const string KubectlPackage = "kubernetes-client";

    private static readonly ConcurrentDictionary<string, Lazy<string>> Texts = new();
    private static readonly ConcurrentDictionary<string, Lazy<Manifests>> Loaded = new();

    /// <summary>The base and every overlay there is.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["base", .. Directory.GetDirectories(Repository.PathOf("k8s/overlays")).Select(folder => $"overlays/{Path.GetFileName(folder)}").Order(StringComparer.Ordinal)];

    /// <summary>What <c>kubectl kustomize</c> makes of it.</summary>
    public static string Render(string name) => Texts.GetOrAdd(name, _ => new(() => Kustomize(name))).Value;

    public static Manifests Load(string name) => Loaded.GetOrAdd(name, _ => new(() => Manifests.Load(Render(name), name))).Value;

    private static string Kustomize(string name)
    {
        var (status, output, errors) = Tool.Run(Kubectl, ["kustomize", Repository.PathOf($"k8s/{name}")]);
        return status == 0 ? output : throw new InvalidOperationException($"kubectl kustomize k8s/{name} failed: {errors}");
    }
}
