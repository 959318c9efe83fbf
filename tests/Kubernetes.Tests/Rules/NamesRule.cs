using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Names are what Kubernetes takes for names, nothing is there twice, and all is in the one namespace.</summary>
internal sealed partial class NamesRule : Rule
{
    // What a name becomes a part of is a label of DNS (RFC 1123 §2.1): a Service, a StatefulSet's pods.
    private const int LabelLength = 63;

    public override IEnumerable<string> Check(Manifests manifests)
    {
        var @namespace = manifests.All<V1Namespace>().Single().Metadata.Name;
        foreach (var manifest in manifests.Objects)
        {
            var name = $"{manifest.Kind} {manifest.Metadata.Name}";
            if (!IsLabel(manifest.Metadata.Name)) yield return $"{name} is no name: lower-case letters, digits and dashes, up to {LabelLength}.";
            if (manifest is not V1Namespace && manifest.Metadata.NamespaceProperty != @namespace) yield return $"{name} is not in the namespace {@namespace}.";
            foreach (var (key, value) in manifest.Metadata.Labels ?? new Dictionary<string, string>())
            {
                if (!LabelKey().IsMatch(key) || !LabelValue().IsMatch(value)) yield return $"{name} has the label {key}: {value}, which is none.";
            }
        }
        foreach (var twice in manifests.Objects.GroupBy(manifest => (manifest.Kind, manifest.Metadata.Name)).Where(group => group.Count() > 1))
            yield return $"{twice.Key.Kind} {twice.Key.Name} is there {twice.Count()} times.";
        foreach (var workload in manifests.Workloads)
        {
            foreach (var fault in CheckPods(workload)) yield return fault;
        }
        foreach (var service in manifests.All<V1Service>())
        {
            foreach (var port in service.Spec.Ports.Where(port => !PortName().IsMatch(port.Name))) yield return $"Service {service.Metadata.Name} names a port {port.Name}: up to 15 letters, digits and dashes.";
        }
    }

    private static IEnumerable<string> CheckPods(Workload workload)
    {
        foreach (var container in workload.Containers)
        {
            if (!IsLabel(container.Name)) yield return $"{workload} names a container {container.Name}.";
            foreach (var port in (container.Ports ?? []).Where(port => !PortName().IsMatch(port.Name ?? ""))) yield return $"{workload} names a port {port.Name}: up to 15 letters, digits and dashes.";
            var variables = (container.Env ?? []).Select(variable => variable.Name).ToList();
            foreach (var variable in variables.Where(variable => !VariableName().IsMatch(variable))) yield return $"{workload} names a variable {variable}.";
            foreach (var twice in variables.GroupBy(variable => variable).Where(group => group.Count() > 1)) yield return $"{workload} sets {twice.Key} twice.";
        }
        foreach (var port in workload.Containers.SelectMany(container => container.Ports ?? []).GroupBy(port => port.Name).Where(group => group.Count() > 1))
            yield return $"{workload} names two ports {port.Key}.";
    }

    private static bool IsLabel(string? name) => name is { Length: <= LabelLength } && Label().IsMatch(name);

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label();

    [GeneratedRegex("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelKey();

    [GeneratedRegex("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();

    // RFC 6335 §5.1.
    [GeneratedRegex("^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$")]
    private static partial Regex PortName();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex VariableName();
}
