using System.Globalization;
using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Changed pods are replaced by themselves, all of them, one after the other; clients always find an HAProxy; and users come back to restarted nodes once.</summary>
internal sealed class RolloutRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var set in manifests.All<V1StatefulSet>())
        {
            var (name, strategy) = ($"StatefulSet {set.Metadata.Name}", set.Spec.UpdateStrategy);
            if (strategy?.Type != "RollingUpdate") yield return $"{name} keeps its old pods: its updates are {strategy?.Type}.";
            if (strategy?.RollingUpdate?.Partition is > 0 and var first) yield return $"{name} keeps its old pods below {first}.";
            if (strategy?.RollingUpdate?.MaxUnavailable?.Value is not (null or "1")) yield return $"{name} takes away more than one pod at a time.";
        }
        foreach (var deployment in manifests.All<V1Deployment>())
        {
            if (deployment.Spec.Strategy is not { Type: "RollingUpdate", RollingUpdate.MaxUnavailable.Value: "0" or "0%" })
                yield return $"Deployment {deployment.Metadata.Name} takes pods away before there are others.";
        }
        // docs/operations.md, "Rolling restarts": from one node's return to the next one's drain, without what readiness takes.
        var settings = PodEnvironment.Of(manifests, manifests.Workload("node"));
        var next = ((manifests.Find<V1StatefulSet>("node")?.Spec.MinReadySeconds ?? 0) * 1000) + Milliseconds(settings, "Drain__NoticeMs");
        if (Milliseconds(settings, "Sharding__RolloutMs") is var held && held <= next) yield return $"Sharding:RolloutMs {held} ends before the next node drains, which is after {next} ms at the earliest.";
    }

    private static int Milliseconds(IReadOnlyDictionary<string, string> settings, string key) => int.Parse(settings.GetValueOrDefault(key, "0"), CultureInfo.InvariantCulture);
}
