using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>All members have one seed list, the Lighthouse first, then at least two nodes; each seed is a pod that has its name in DNS before it is ready.</summary>
internal sealed class SeedsRule : Rule
{
    private static readonly string[] Members = ["lighthouse", "node"];

    public override IEnumerable<string> Check(Manifests manifests)
    {
        var lists = Members.Select(member => Setting(manifests, member, "Cluster__Seeds")).Distinct().ToList();
        if (lists.Count > 1) yield return $"Members have different seeds: {string.Join(" and ", lists)}.";
        var seeds = lists[0].Split(',');
        if (seeds is not [var first, _, _, ..] || !IsOf(manifests, first, "lighthouse") || !seeds[1..].All(seed => IsOf(manifests, seed, "node")))
            yield return $"The seeds are not a Lighthouse and then at least two nodes, each with its full name and Cluster:Port: {lists[0]}.";
        foreach (var member in Members)
        {
            if (manifests.Find<V1Service>(member) is not { Spec: { ClusterIP: "None", PublishNotReadyAddresses: true } })
                yield return $"Service {member} does not tell pods' addresses before they are ready, and members must join to become ready.";
            var own = $"{Setting(manifests, member, "Cluster__Host")}:{Setting(manifests, member, "Cluster__Port")}";
            if (!IsOf(manifests, own, member)) yield return $"A {member} calls itself {own}, by which others do not find it.";
        }
        if (manifests.Find<V1StatefulSet>("node")?.Spec.PodManagementPolicy != "Parallel") yield return "Nodes are started one after the other, each when the one before is ready.";
    }

    private static bool IsOf(Manifests manifests, string seed, string member)
    {
        var workload = manifests.Workload(member);
        var scaler = manifests.All<V2HorizontalPodAutoscaler>().FirstOrDefault(found => found.Spec.ScaleTargetRef.Name == member);
        var replicas = workload.Replicas ?? scaler?.Spec.MinReplicas ?? 1;
        return Enumerable.Range(0, replicas).Any(ordinal =>
            seed == $"{member}-{ordinal}.{member}.{workload.Metadata.NamespaceProperty}.svc.cluster.local:{Setting(manifests, member, "Cluster__Port")}");
    }

    private static string Setting(Manifests manifests, string member, string name) => PodEnvironment.Of(manifests, manifests.Workload(member)).GetValueOrDefault(name, "");
}
