using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>What the API reference calls required is there.</summary>
internal sealed class RequiredFieldsRule : Rule
{
    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(V1ServiceSpec)] = [nameof(V1ServiceSpec.Ports)],
        [typeof(V1ServicePort)] = [nameof(V1ServicePort.Port), nameof(V1ServicePort.Name)],
        [typeof(V1StatefulSet)] = [nameof(V1StatefulSet.Spec)],
        [typeof(V1StatefulSetSpec)] = [nameof(V1StatefulSetSpec.Selector), nameof(V1StatefulSetSpec.Template), nameof(V1StatefulSetSpec.ServiceName)],
        [typeof(V1Deployment)] = [nameof(V1Deployment.Spec)],
        [typeof(V1DeploymentSpec)] = [nameof(V1DeploymentSpec.Selector), nameof(V1DeploymentSpec.Template)],
        [typeof(V1PodTemplateSpec)] = [nameof(V1PodTemplateSpec.Metadata), nameof(V1PodTemplateSpec.Spec)],
        [typeof(V1PodSpec)] = [nameof(V1PodSpec.Containers), nameof(V1PodSpec.TerminationGracePeriodSeconds)],
        [typeof(V1Container)] = [nameof(V1Container.Name), nameof(V1Container.Image), nameof(V1Container.Resources)],
        [typeof(V1ContainerPort)] = [nameof(V1ContainerPort.ContainerPort)],
        [typeof(V1HTTPGetAction)] = [nameof(V1HTTPGetAction.Port), nameof(V1HTTPGetAction.Path)],
        [typeof(V1VolumeMount)] = [nameof(V1VolumeMount.Name), nameof(V1VolumeMount.MountPath)],
        [typeof(V1TopologySpreadConstraint)] = [nameof(V1TopologySpreadConstraint.MaxSkew), nameof(V1TopologySpreadConstraint.TopologyKey), nameof(V1TopologySpreadConstraint.WhenUnsatisfiable)],
        [typeof(V1PodDisruptionBudgetSpec)] = [nameof(V1PodDisruptionBudgetSpec.Selector)],
        [typeof(V1NetworkPolicySpec)] = [nameof(V1NetworkPolicySpec.PodSelector), nameof(V1NetworkPolicySpec.PolicyTypes)],
        [typeof(V1IPBlock)] = [nameof(V1IPBlock.Cidr)],
        [typeof(V1PersistentVolumeClaimSpec)] = [nameof(V1PersistentVolumeClaimSpec.AccessModes), nameof(V1PersistentVolumeClaimSpec.Resources)],
        [typeof(V2HorizontalPodAutoscalerSpec)] = [nameof(V2HorizontalPodAutoscalerSpec.ScaleTargetRef), nameof(V2HorizontalPodAutoscalerSpec.MaxReplicas), nameof(V2HorizontalPodAutoscalerSpec.Metrics)],
        [typeof(V2MetricSpec)] = [nameof(V2MetricSpec.Type)],
        [typeof(V2MetricTarget)] = [nameof(V2MetricTarget.Type)],
        [typeof(V1ConfigMapKeySelector)] = [nameof(V1ConfigMapKeySelector.Name), nameof(V1ConfigMapKeySelector.Key)],
        [typeof(V1SecretKeySelector)] = [nameof(V1SecretKeySelector.Name), nameof(V1SecretKeySelector.Key)],
    };

    /// <summary>All fields that it looks for.</summary>
    public static IEnumerable<(Type Type, string Property)> Entries => Required.SelectMany(pair => pair.Value, (pair, property) => (pair.Key, property));

    public override IEnumerable<string> Check(Manifests manifests) =>
        from found in Tree.Walk(manifests)
        from name in Required.GetValueOrDefault(found.Item.GetType(), [])
        where !Tree.Values(found.Item, name).Any(value => value is not ("" or 0))
        select $"{found.Path} lacks {name}.";
}
