using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Whatever selects pods selects some, and a workload its own.</summary>
internal sealed class SelectorsRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            if (!Labels.Match(workload.Selector, workload.Labels)) yield return $"{workload} does not select its own pods.";
            if (manifests.Selected(workload.Selector).Count() > 1) yield return $"{workload} selects another's pods, too.";
            foreach (var spread in workload.Pod.TopologySpreadConstraints ?? [])
            {
                if (!Labels.Match(spread.LabelSelector, workload.Labels)) yield return $"{workload} spreads over {spread.TopologyKey} other pods than its own.";
            }
        }
        foreach (var service in manifests.All<V1Service>())
        {
            if (manifests.Selected(service.Spec.Selector).Count() != 1) yield return $"Service {service.Metadata.Name} does not select one workload's pods.";
        }
        foreach (var (name, selector) in PodSelectors(manifests))
        {
            if (!Labels.IsEmpty(selector) && !manifests.Selected(selector).Any()) yield return $"{name} selects no pods.";
        }
        foreach (var monitor in manifests.All<ServiceMonitor>())
        {
            if (!manifests.All<V1Service>().Any(service => Labels.Match(monitor.Spec.Selector, service.Metadata.Labels ?? new Dictionary<string, string>())))
                yield return $"ServiceMonitor {monitor.Metadata.Name} selects no Service.";
        }
    }

    private static IEnumerable<(string Name, V1LabelSelector Selector)> PodSelectors(Manifests manifests)
    {
        foreach (var budget in manifests.All<V1PodDisruptionBudget>()) yield return ($"PodDisruptionBudget {budget.Metadata.Name}", budget.Spec.Selector);
        foreach (var monitor in manifests.All<PodMonitor>()) yield return ($"PodMonitor {monitor.Metadata.Name}", monitor.Spec.Selector);
        foreach (var policy in manifests.All<V1NetworkPolicy>())
        {
            yield return ($"NetworkPolicy {policy.Metadata.Name}", policy.Spec.PodSelector);
            var peers = (policy.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty ?? []).Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.To ?? []));
            // Pods of other namespaces are not ours to know.
            foreach (var peer in peers.Where(peer => peer is { NamespaceSelector: null, PodSelector: not null }))
                yield return ($"NetworkPolicy {policy.Metadata.Name}, in a peer,", peer.PodSelector);
        }
    }
}
