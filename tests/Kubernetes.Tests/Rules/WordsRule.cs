using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>A field that takes one of a few words has one of them. Their case counts.</summary>
internal sealed class WordsRule : Rule
{
    // By the API reference; only what a mistype can change in silence or at an apply.
    private static readonly Dictionary<(Type Type, string Property), string[]> Words = new()
    {
        [(typeof(V1ServiceSpec), nameof(V1ServiceSpec.Type))] = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"],
        [(typeof(V1ServiceSpec), nameof(V1ServiceSpec.ExternalTrafficPolicy))] = ["Cluster", "Local"],
        [(typeof(V1ServicePort), nameof(V1ServicePort.Protocol))] = ["TCP", "UDP", "SCTP"],
        [(typeof(V1ContainerPort), nameof(V1ContainerPort.Protocol))] = ["TCP", "UDP", "SCTP"],
        [(typeof(V1NetworkPolicyPort), nameof(V1NetworkPolicyPort.Protocol))] = ["TCP", "UDP", "SCTP"],
        [(typeof(V1NetworkPolicySpec), nameof(V1NetworkPolicySpec.PolicyTypes))] = ["Ingress", "Egress"],
        [(typeof(V1LabelSelectorRequirement), nameof(V1LabelSelectorRequirement.OperatorProperty))] = ["In", "NotIn", "Exists", "DoesNotExist"],
        [(typeof(V1Container), nameof(V1Container.ImagePullPolicy))] = ["Always", "IfNotPresent", "Never"],
        [(typeof(V1PodSpec), nameof(V1PodSpec.RestartPolicy))] = ["Always"],
        [(typeof(V1SeccompProfile), nameof(V1SeccompProfile.Type))] = ["RuntimeDefault", "Localhost", "Unconfined"],
        [(typeof(V1PodSecurityContext), nameof(V1PodSecurityContext.FsGroupChangePolicy))] = ["OnRootMismatch", "Always"],
        [(typeof(V1TopologySpreadConstraint), nameof(V1TopologySpreadConstraint.WhenUnsatisfiable))] = ["DoNotSchedule", "ScheduleAnyway"],
        [(typeof(V1StatefulSetSpec), nameof(V1StatefulSetSpec.PodManagementPolicy))] = ["OrderedReady", "Parallel"],
        [(typeof(V1StatefulSetUpdateStrategy), nameof(V1StatefulSetUpdateStrategy.Type))] = ["RollingUpdate", "OnDelete"],
        [(typeof(V1DeploymentStrategy), nameof(V1DeploymentStrategy.Type))] = ["RollingUpdate", "Recreate"],
        [(typeof(V1StatefulSetPersistentVolumeClaimRetentionPolicy), nameof(V1StatefulSetPersistentVolumeClaimRetentionPolicy.WhenDeleted))] = ["Retain", "Delete"],
        [(typeof(V1StatefulSetPersistentVolumeClaimRetentionPolicy), nameof(V1StatefulSetPersistentVolumeClaimRetentionPolicy.WhenScaled))] = ["Retain", "Delete"],
        [(typeof(V1PersistentVolumeClaimSpec), nameof(V1PersistentVolumeClaimSpec.AccessModes))] = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
        [(typeof(V1PodDisruptionBudgetSpec), nameof(V1PodDisruptionBudgetSpec.UnhealthyPodEvictionPolicy))] = ["IfHealthyBudget", "AlwaysAllow"],
        [(typeof(V2MetricSpec), nameof(V2MetricSpec.Type))] = ["Resource", "Pods", "Object", "External", "ContainerResource"],
        [(typeof(V2MetricTarget), nameof(V2MetricTarget.Type))] = ["Utilization", "Value", "AverageValue"],
        [(typeof(V2HPAScalingPolicy), nameof(V2HPAScalingPolicy.Type))] = ["Pods", "Percent"],
        [(typeof(V1Secret), nameof(V1Secret.Type))] = ["Opaque"],
    };

    /// <summary>All fields that it looks at.</summary>
    public static IEnumerable<(Type Type, string Property)> Entries => Words.Keys;

    public override IEnumerable<string> Check(Manifests manifests) =>
        from found in Tree.Walk(manifests)
        from entry in Words
        where entry.Key.Type == found.Item.GetType()
        from word in Tree.Values(found.Item, entry.Key.Property)
        where !entry.Value.Contains(word)
        select $"{found.Path}.{entry.Key.Property} is '{word}': it must be {string.Join(", ", entry.Value)}.";
}
