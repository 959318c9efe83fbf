using System.Globalization;
using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Nodes wait for no more nodes than there are: a cluster that waits for another one serves nobody.</summary>
internal sealed class MinNodesRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        var node = manifests.Workload("node");
        var awaited = int.Parse(PodEnvironment.Of(manifests, node).GetValueOrDefault("Cluster__MinNodes", "1"), CultureInfo.InvariantCulture);
        if (node.Replicas < awaited) yield return $"{node} waits for {awaited} nodes and has {node.Replicas}.";
        foreach (var scaler in manifests.All<V2HorizontalPodAutoscaler>().Where(scaler => scaler.Spec.ScaleTargetRef.Name == node.Name))
        {
            if ((scaler.Spec.MinReplicas ?? 1) is var least && least < awaited) yield return $"{node} waits for {awaited} nodes, and HorizontalPodAutoscaler {scaler.Metadata.Name} may leave it {least}.";
        }
    }
}
