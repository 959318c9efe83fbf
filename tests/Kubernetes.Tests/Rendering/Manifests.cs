using k8s;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>The pods that a workload makes. <paramref name="Replicas"/> is null where an autoscaler says how many.</summary>
internal sealed record Workload(string Kind, V1ObjectMeta Metadata, int? Replicas, V1LabelSelector Selector, V1PodTemplateSpec Template)
{
    public string Name => Metadata.Name;

    public V1PodSpec Pod => Template.Spec;

    public IDictionary<string, string> Labels => Template.Metadata?.Labels ?? new Dictionary<string, string>();

    public IEnumerable<V1Container> Containers => [.. Pod.Containers ?? [], .. Pod.InitContainers ?? []];

    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>A rendered overlay, loaded strictly: an unknown field, kind or a key given twice is a fault.</summary>
internal sealed class Manifests(string overlay, IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects)
{
    private static readonly Dictionary<string, Type> Custom = new()
    {
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
    };

    /// <summary>One of <see cref="Rendering.Overlay.Names"/>; empty for what is none of them.</summary>
    public string Overlay => overlay;

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; } = objects;

    public IReadOnlyList<Workload> Workloads { get; } =
    [
        .. objects.OfType<V1StatefulSet>().Select(set => new Workload(set.Kind, set.Metadata, set.Spec.Replicas, set.Spec.Selector, set.Spec.Template)),
        .. objects.OfType<V1Deployment>().Select(set => new Workload(set.Kind, set.Metadata, set.Spec.Replicas, set.Spec.Selector, set.Spec.Template)),
    ];

    public static Manifests Load(string yaml, string overlay = "") =>
        new(overlay, [.. KubernetesYaml.LoadAllFromString(yaml, Custom, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()]);

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    /// <summary>Null where there is none of this name.</summary>
    public T? Find<T>(string name)
        where T : class, IKubernetesObject<V1ObjectMeta> => All<T>().FirstOrDefault(found => found.Metadata.Name == name);

    /// <summary>A ConfigMap's data by its name without kustomize's hash.</summary>
    public IDictionary<string, string> Data(string name) =>
        All<V1ConfigMap>().Single(map => map.Metadata.Name.StartsWith($"{name}-", StringComparison.Ordinal)).Data;

    public Workload Workload(string name) => Workloads.Single(workload => workload.Name == name);

    public IEnumerable<Workload> Selected(IDictionary<string, string>? selector) => Workloads.Where(workload => Labels.Match(selector, workload.Labels));

    public IEnumerable<Workload> Selected(V1LabelSelector? selector) => Workloads.Where(workload => Labels.Match(selector, workload.Labels));
}
