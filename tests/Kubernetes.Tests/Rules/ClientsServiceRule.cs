using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Clients come in through HAProxy, and their addresses with them; on a developer's machine by one of its ports, and without.</summary>
internal sealed class ClientsServiceRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        if (manifests.Find<V1Service>("clients") is not { Spec: { } service })
        {
            yield return "There is no Service clients.";
            yield break;
        }
        var (type, policy) = manifests.Overlay == "overlays/local" ? ("NodePort", "Cluster") : ("LoadBalancer", "Local");
        if (service.Type != type) yield return $"Service clients is a {service.Type}, not a {type}.";
        // Any other loses the client's address, by which handshakes are limited.
        if (service.ExternalTrafficPolicy != policy) yield return $"Service clients has the externalTrafficPolicy {service.ExternalTrafficPolicy}, not {policy}.";
        if (manifests.Selected(service.Selector).All(workload => workload.Name != "haproxy")) yield return "Service clients leads past HAProxy.";
    }
}
