using System.Globalization;
using System.Text.RegularExpressions;
using AkkaSockets.Kubernetes.Tests.Rendering;
using AkkaSockets.Node.Telemetry;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Autoscalers and disruption budgets have something to act on, and act on it alone.</summary>
internal sealed partial class ScalingRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var scaler in manifests.All<V2HorizontalPodAutoscaler>())
        {
            var (target, name) = (scaler.Spec.ScaleTargetRef, $"HorizontalPodAutoscaler {scaler.Metadata.Name}");
            if (manifests.Workloads.FirstOrDefault(found => (found.Kind, found.Name) == (target.Kind, target.Name)) is not { } workload)
            {
                yield return $"{name} scales {target.Kind} {target.Name}, which is not there.";
                continue;
            }
            if (target.ApiVersion != "apps/v1") yield return $"{name} scales something of {target.ApiVersion}.";
            // Each apply would take back what the autoscaler decided.
            if (workload.Replicas is not null) yield return $"{name} scales {workload}, which says replicas itself.";
            if (scaler.Spec.MinReplicas > scaler.Spec.MaxReplicas) yield return $"{name} wants at least {scaler.Spec.MinReplicas} and at most {scaler.Spec.MaxReplicas}.";
            foreach (var metric in scaler.Spec.Metrics.Select(metric => metric.Pods?.Metric.Name).OfType<string>().Where(metric => metric != NodeMeters.Connections.Name))
                yield return $"{name} reads {metric}, which nodes do not tell.";
            if (scaler.Spec.MaxReplicas > Slots(manifests)) yield return $"HAProxy has fewer slots than the {scaler.Spec.MaxReplicas} nodes of {name}.";
        }
        foreach (var workload in manifests.Workloads)
        {
            var scaled = manifests.All<V2HorizontalPodAutoscaler>().Any(scaler => scaler.Spec.ScaleTargetRef.Name == workload.Name);
            if (workload.Replicas is null && !scaled) yield return $"{workload} says no replicas, and nothing scales it.";
            var budgets = manifests.All<V1PodDisruptionBudget>().Where(budget => Labels.Match(budget.Spec.Selector, workload.Labels)).ToList();
            if (budgets.Count != 1) yield return $"{workload} has {budgets.Count} PodDisruptionBudgets.";
            foreach (var budget in budgets)
            {
                // Two budgets for a pod, or one that never allows anything, hold up every drain of a machine.
                if (budget.Spec.MaxUnavailable?.Value is "0" or "0%" || budget.Spec.MinAvailable is not null) yield return $"PodDisruptionBudget {budget.Metadata.Name} says something else than a maxUnavailable above 0.";
            }
        }
        if (manifests.Workload("node").Replicas > Slots(manifests)) yield return "HAProxy has fewer slots than there are nodes.";
    }

    private static int Slots(Manifests manifests) => int.Parse(SlotCount().Match(manifests.Data("haproxy")["haproxy.cfg"]).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"server-template node 1-(\d+) ")]
    private static partial Regex SlotCount();
}
