using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Where nodes advertise addresses of their own, each pod has a Service at its address, and the gateway is where the clients' Service is.</summary>
internal sealed class AdvertisedAddressesRule : Rule
{
    private const string PodName = "statefulset.kubernetes.io/pod-name";
    private const string Hostname = "external-dns.alpha.kubernetes.io/hostname";

    public override IEnumerable<string> Check(Manifests manifests)
    {
        var node = manifests.Workload("node");
        if (node.Containers.Single().Env.FirstOrDefault(variable => variable.Name == "Gateway__AdvertiseUrl")?.Value is not { } advertised) yield break;
        for (var ordinal = 0; ordinal < node.Replicas; ordinal++)
        {
            var pod = $"node-{ordinal}";
            var services = manifests.All<V1Service>().Where(service => service.Spec.Selector.TryGetValue(PodName, out var name) && name == pod).ToList();
            if (services is not [var own])
            {
                yield return $"{pod} has {services.Count} Services of its own.";
                continue;
            }
            if (own.Spec is not { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" }) yield return $"Service {own.Metadata.Name} does not bring clients' own addresses.";
            var url = advertised.Replace("$(POD_NAME)", pod, StringComparison.Ordinal);
            if (url != UrlOf(own)) yield return $"{pod} advertises {url}, and its Service is {UrlOf(own)}.";
        }
        var gateway = PodEnvironment.Of(manifests, node).GetValueOrDefault("Gateway__Url");
        if (manifests.Find<V1Service>("clients") is { } clients && gateway != UrlOf(clients)) yield return $"The gateway is said to be {gateway}, and the clients' Service is {UrlOf(clients)}.";
    }

    private static string UrlOf(V1Service service) =>
        $"ws://{service.Metadata.Annotations?[Hostname]}{(service.Spec.Ports is [{ Port: 80 }] ? "" : $":{service.Spec.Ports[0].Port}")}/ws";
}
