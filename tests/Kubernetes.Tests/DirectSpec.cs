using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests;

public sealed class DirectSpec
{
    private const string PodName = "statefulset.kubernetes.io/pod-name";
    private const string Hostname = "external-dns.alpha.kubernetes.io/hostname";

    [FactWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    public void Each_pod_has_a_service_of_its_own_at_the_name_that_it_advertises()
    {
        var manifests = Overlay.Load("overlays/direct");
        var node = manifests.Workload("node");
        for (var ordinal = 0; ordinal < node.Replicas; ordinal++)
        {
            var service = Assert.Single(manifests.All<V1Service>(), found => found.Spec.Selector.TryGetValue(PodName, out var pod) && pod == $"node-{ordinal}");
            Assert.Equal("Local", service.Spec.ExternalTrafficPolicy);
            var advertised = node.Containers.Single().Env.Single(variable => variable.Name == "Gateway__AdvertiseUrl").Value;
            Assert.Equal($"ws://{service.Metadata.Annotations[Hostname]}/ws", advertised.Replace("$(POD_NAME)", $"node-{ordinal}", StringComparison.Ordinal));
            Assert.Equal(80, Assert.Single(service.Spec.Ports).Port);
        }
    }

    [FactWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    public void The_balancer_is_where_the_gateway_says()
    {
        var manifests = Overlay.Load("overlays/direct");
        var url = PodEnvironment.Of(manifests, manifests.Workload("node"))["Gateway__Url"];
        Assert.Equal($"ws://{manifests.Find<V1Service>("clients")!.Metadata.Annotations[Hostname]}/ws", url);
    }
}
