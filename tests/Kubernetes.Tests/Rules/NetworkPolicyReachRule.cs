using System.Net;
using AkkaSockets.Kubernetes.Tests.Network;
using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Whoever needs to reach a pod does, at both ends, and nobody reaches one who does not need to.</summary>
internal sealed class NetworkPolicyReachRule : Rule
{
    private const int Clients = 8080;
    private const int Api = 8081;
    private const int HaproxyInside = 8404;
    private const int Lighthouse = 4053;
    private const int Node = 4054;
    private const int Pbm = 9110;
    private const int Redis = 6379;

    private const string Backend = "a backend";
    private const string Prometheus = "Prometheus";

    private static readonly int[] Ports = [Clients, Api, HaproxyInside, Lighthouse, Node, Pbm, Redis];

    /// <summary>Clients, by either protocol.</summary>
    private static readonly string[] Addresses = ["203.0.113.7", "2001:db8::7"];

    private static readonly (string From, string To, int Port)[] Inside =
    [
        ("haproxy", "node", Clients), ("haproxy", "node", Api),
        ("node", "node", Node), ("node", "lighthouse", Lighthouse), ("lighthouse", "node", Node),
        ("node", "redis", Redis),
        // It is its own peer, should it ever be two.
        ("lighthouse", "lighthouse", Lighthouse),
    ];

    private static readonly (string Name, Peer Peer)[] Others =
    [
        .. Addresses.Select(address => (address, Peer.Outside(address))),
        ("another's pod", Peer.Elsewhere("app=shop", "kubernetes.io/metadata.name=shop")),
        (Backend, Peer.Elsewhere("akkasockets/backend=true", "akkasockets/backends=true")),
        (Prometheus, Peer.Elsewhere("app=prometheus", "kubernetes.io/metadata.name=monitoring")),
    ];

    // What is added to the namespace one day, and has no policy yet.
    private static readonly Workload Newcomer = new("Pod", new() { Name = "newcomer" }, 1, new(), new() { Metadata = new(), Spec = new() });

    public override IEnumerable<string> Check(Manifests manifests)
    {
        IReadOnlyList<Workload> workloads = [.. manifests.Workloads, Newcomer];
        foreach (var (from, to, port) in from source in workloads from target in workloads from number in Ports select (source, target, number))
        {
            var needed = Inside.Contains((from.Name, to.Name, port));
            if (Reach.LetsOut(manifests, from, to, port) != needed) yield return $"{from.Name} is {(needed ? "not " : "")}let out to {to.Name}:{port}.";
        }
        var expected = Expected(manifests);
        var peers = workloads.Select(workload => (workload.Name, Peer.Of(workload))).Concat(Others).Concat(Trusted(manifests)).ToList();
        foreach (var ((name, peer), to, port) in from who in peers from target in workloads from number in Ports select (who, target, number))
        {
            // HAProxy is there for all: whether one of ours gets there is a matter of its own end.
            var needed = (to.Name == "haproxy" && port == Clients) || expected.Contains((name, to.Name, port));
            if (Reach.LetsIn(manifests, peer, to, port) != needed) yield return $"{to.Name}:{port} {(needed ? "does not let" : "lets")} {name} in.";
        }
    }

    private static HashSet<(string From, string To, int Port)> Expected(Manifests manifests)
    {
        HashSet<(string From, string To, int Port)> expected = [.. Inside, (Backend, "node", Api)];
        if (manifests.All<ServiceMonitor>().Any()) expected.Add((Prometheus, "node", Api));
        if (manifests.All<PodMonitor>().Any()) expected.Add((Prometheus, "haproxy", HaproxyInside));
        // Straight to nodes, where these advertise themselves.
        if (Settings(manifests).ContainsKey("Gateway__AdvertiseUrl")) expected.UnionWith(Addresses.Select(address => (address, "node", Clients)));
        return expected;
    }

    /// <summary>Addresses of which a node would believe a PROXY header: who comes from there without being HAProxy could name any client.</summary>
    private static IEnumerable<(string Name, Peer Peer)> Trusted(Manifests manifests) =>
        Settings(manifests)["ProxyProtocol__Trusted"].Split(',').Select(cidr => $"{IPNetwork.Parse(cidr).BaseAddress}").Select(address => (address, Peer.Outside(address)));

    private static IReadOnlyDictionary<string, string> Settings(Manifests manifests) => PodEnvironment.Of(manifests, manifests.Workload("node"));
}
