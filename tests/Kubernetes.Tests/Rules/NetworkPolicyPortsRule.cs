using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>The ports that a policy opens are there: at its own pods for who comes in, at the others for who goes out.</summary>
internal sealed class NetworkPolicyPortsRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var policy in manifests.All<V1NetworkPolicy>())
        {
            // A policy of several workloads opens each port where it is there.
            var own = manifests.Selected(policy.Spec.PodSelector).ToList();
            foreach (var port in (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports ?? []))
            {
                if (!own.Any(workload => PortsRule.Has(workload, port.Port, port.Protocol))) yield return Fault(policy, port, "lets in");
            }
            foreach (var rule in policy.Spec.Egress ?? [])
            {
                var others = (rule.To ?? []).Where(peer => peer is { NamespaceSelector: null, PodSelector: not null })
                    .SelectMany(peer => manifests.Selected(peer.PodSelector)).ToList();
                if (others.Count == 0) continue;
                foreach (var port in rule.Ports ?? [])
                {
                    if (!others.All(workload => PortsRule.Has(workload, port.Port, port.Protocol))) yield return Fault(policy, port, "lets out");
                }
            }
        }
    }

    private static string Fault(V1NetworkPolicy policy, V1NetworkPolicyPort port, string way) =>
        $"NetworkPolicy {policy.Metadata.Name} {way} to the port {port.Port.Value}, which those pods do not have.";
}
