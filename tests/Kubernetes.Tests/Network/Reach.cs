using System.Globalization;
using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Network;

/// <summary>Somebody who connects: a pod of ours, a pod of another namespace, or an address outside.</summary>
internal sealed record Peer(IDictionary<string, string>? Labels = null, IDictionary<string, string>? Namespace = null, string? Address = null)
{
    public static Peer Of(Workload workload) => new(workload.Labels);

    public static Peer Outside(string address) => new(Address: address);

    public static Peer Elsewhere(string labels, string @namespace) => new(Parse(labels), Parse(@namespace));

    private static Dictionary<string, string> Parse(string labels) =>
        labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
}

/// <summary>Who reaches whom, as a network plugin reads the policies: what any of them allows, where one applies at all.</summary>
internal static class Reach
{
    public static bool LetsIn(Manifests manifests, Peer from, Workload to, int port)
    {
        var policies = Applying(manifests, to, "Ingress").ToList();
        return policies.Count == 0 || policies.SelectMany(policy => policy.Spec.Ingress ?? [])
            .Any(rule => Allows(rule.Ports, to, port) && Includes(rule.FromProperty, from));
    }

    public static bool LetsOut(Manifests manifests, Workload from, Workload to, int port)
    {
        var policies = Applying(manifests, from, "Egress").ToList();
        return policies.Count == 0 || policies.SelectMany(policy => policy.Spec.Egress ?? [])
            .Any(rule => Allows(rule.Ports, to, port) && Includes(rule.To, Peer.Of(to)));
    }

    private static IEnumerable<V1NetworkPolicy> Applying(Manifests manifests, Workload workload, string type) =>
        manifests.All<V1NetworkPolicy>().Where(policy => policy.Spec.PolicyTypes.Contains(type) && Labels.Match(policy.Spec.PodSelector ?? new(), workload.Labels));

    private static bool Allows(IList<V1NetworkPolicyPort>? ports, Workload workload, int port) =>
        ports is null or { Count: 0 } || ports.Any(allowed => (allowed.Protocol ?? "TCP") == "TCP" && Allows(allowed, workload, port));

    // A port is a name of the pod's, a number, the first number of a range, or missing for all.
    private static bool Allows(V1NetworkPolicyPort allowed, Workload workload, int port) => allowed.Port is null
        || (int.TryParse(allowed.Port.Value, CultureInfo.InvariantCulture, out var first)
            ? port >= first && port <= (allowed.EndPort ?? first)
            : workload.Containers.SelectMany(container => container.Ports ?? []).Any(named => named.Name == allowed.Port.Value && named.ContainerPort == port));

    private static bool Includes(IList<V1NetworkPolicyPeer>? peers, Peer peer) => peers is null or { Count: 0 } || peers.Any(allowed => Includes(allowed, peer));

    private static bool Includes(V1NetworkPolicyPeer allowed, Peer peer)
    {
        if (allowed.IpBlock is { } block) return peer.Address is { } address && IsIn(block.Cidr, address) && !(block.Except ?? []).Any(cidr => IsIn(cidr, address));
        if (peer.Labels is null) return false;
        // Without a selector for namespaces a peer is of the policy's own.
        var isThere = allowed.NamespaceSelector is { } space ? peer.Namespace is { } labels && Labels.Match(space, labels) : peer.Namespace is null;
        return isThere && (allowed.PodSelector is null || Labels.Match(allowed.PodSelector, peer.Labels));
    }

    private static bool IsIn(string cidr, string address) => System.Net.IPNetwork.Parse(cidr).Contains(System.Net.IPAddress.Parse(address));
}
