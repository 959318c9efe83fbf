using AkkaSockets.Kubernetes.Tests.Rules;

namespace AkkaSockets.Kubernetes.Tests.Broken;

internal static partial class Of
{
    private const string Direct = "overlays/direct";
    private const string Production = "overlays/production";

    /// <summary>In who reaches whom, and where.</summary>
    public static IReadOnlyList<BrokenManifest> Network { get; } =
    [
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy default-deny", @"[\s\S]+", "", "newcomer:8080 lets 203.0.113.7 in"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy node", @"(from:\n[\s\S]*?)port: clients", "${1}port: 9110", "node:9110 lets haproxy in"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy node", @"(from:\n[\s\S]*)port: cluster", "${1}port: 4054\n      endPort: 9999", "node:9110 lets lighthouse in"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy redis", @"from:\n(?:    [- ] .*\n)+    ports", "ports", "redis:6379 lets a backend in"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy node", "akkasockets/backend: \"true\"", "akkasockets/backend: \"yes\"", "node:8081 does not let a backend in"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy node", @"(namespaceSelector:\n +)matchLabels:\n.*\n(      podSelector:\n +)matchLabels:\n.*\n", "$1matchLabels: {}\n${2}matchLabels: {}\n", "node:8081 lets another's pod in"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy node", @"from:\n(?:    [- ] .*\n)+    ports", "ports", "node:8080 lets 203.0.113.7 in"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy node", "port: redis", "port: 6380", "node is not let out to redis:6379"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy haproxy", "(egress:\n)", "$1  - to: []\n", "haproxy is let out to redis:6379"),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy direct", @"- 10\.0\.0\.0/8\n +", "", "node:8080 lets 10.0.0.0 in", Direct),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy direct", "cidr: ::/0", "cidr: fc00::/7", "node:8080 does not let 2001:db8::7 in", Direct),
        new(nameof(NetworkPolicyReachRule), "NetworkPolicy monitoring", "metadata.name: monitoring", "metadata.name: observing", "haproxy:8404 does not let Prometheus in", Production),
        new(nameof(AdvertisedAddressesRule), "Service node-1", "hostname: node-1", "hostname: node-2", "node-1 advertises ws://node-1.ws.example.com/ws", Direct),
        new(nameof(AdvertisedAddressesRule), "Service node-3", "pod-name: node-3", "pod-name: node-2", "node-3 has 0 Services", Direct),
        new(nameof(AdvertisedAddressesRule), "Service node-0", "port: 80$", "port: 81", "its Service is ws://node-0.ws.example.com:81/ws", Direct),
        new(nameof(AdvertisedAddressesRule), "Service node-0", "externalTrafficPolicy: Local", "externalTrafficPolicy: Cluster", "Service node-0 does not bring", Direct),
        new(nameof(AdvertisedAddressesRule), "Service clients", "hostname: ws", "hostname: wss", "the clients' Service is ws://wss.example.com/ws", Direct),
        new(nameof(ClientsServiceRule), "Service clients", "name: clients\n  namespace", "name: client\n  namespace", "no Service clients"),
        new(nameof(ClientsServiceRule), "Service clients", "type: LoadBalancer", "type: NodePort", "is a NodePort, not a LoadBalancer"),
        new(nameof(ClientsServiceRule), "Service clients", "externalTrafficPolicy: Local", "externalTrafficPolicy: Cluster", "externalTrafficPolicy Cluster, not Local", Production),
        new(nameof(ClientsServiceRule), "Service clients", "type: LoadBalancer", "type: ClusterIP", "is a ClusterIP", Direct),
        new(nameof(ClientsServiceRule), "Service clients", "type: NodePort", "type: LoadBalancer", "is a LoadBalancer, not a NodePort", "overlays/local"),
        new(nameof(ClientsServiceRule), "Service clients", "(selector:\n +app.kubernetes.io/name: )haproxy", "$1node", "leads past HAProxy"),
    ];
}
