using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Network;

public sealed class NetworkPoliciesSpec
{
    private const int Clients = 8080;
    private const int Api = 8081;
    private const int HaproxyInside = 8404;
    private const int Lighthouse = 4053;
    private const int Node = 4054;
    private const int Pbm = 9110;
    private const int Redis = 6379;

    private static readonly Peer Stranger = Peer.Outside("203.0.113.7");
    private static readonly Peer SomePod = Peer.Elsewhere("app=shop", "kubernetes.io/metadata.name=shop");
    private static readonly Peer Backend = Peer.Elsewhere("akkasockets/backend=true", "akkasockets/backends=true");
    private static readonly Peer Prometheus = Peer.Elsewhere("app=prometheus", "kubernetes.io/metadata.name=monitoring");

    public static TheoryData<string> Overlays => [.. Overlay.Names];

    /// <summary>From, to, port: what needs to be open among our own pods, and is at both ends.</summary>
    public static TheoryData<string, string, int> Needed => new()
    {
        { "haproxy", "node", Clients }, { "haproxy", "node", Api },
        { "node", "node", Node }, { "node", "lighthouse", Lighthouse }, { "lighthouse", "node", Node },
        { "node", "redis", Redis },
    };

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Needed))]
    public void What_is_needed_is_open(string from, string to, int port)
    {
        foreach (var overlay in Overlay.Names)
        {
            var manifests = Overlay.Load(overlay);
            Assert.True(Reach.LetsOut(manifests, from, to, port), $"{overlay}: {from} is not let out to {to}:{port}");
            Assert.True(Reach.LetsIn(manifests, Peer.Of(manifests.Workload(from)), to, port), $"{overlay}: {to}:{port} does not let {from} in");
        }
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Overlays))]
    public void Nothing_else_is_open_among_our_own(string overlay)
    {
        var manifests = Overlay.Load(overlay);
        var needed = Needed.Select(row => ((string)row[0], (string)row[1], (int)row[2])).ToHashSet();
        // It is its own peer, should it ever be two.
        needed.Add(("lighthouse", "lighthouse", Lighthouse));
        var open =
            from source in manifests.Workloads
            from target in manifests.Workloads
            from port in new[] { Clients, Api, HaproxyInside, Lighthouse, Node, Pbm, Redis }
            where Reach.LetsIn(manifests, Peer.Of(source), target.Name, port) && Reach.LetsOut(manifests, source.Name, target.Name, port)
            select (source.Name, target.Name, port);
        Assert.Empty(open.Except(needed));
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Overlays))]
    public void Clients_reach_haproxy_and_backends_the_api(string overlay)
    {
        var manifests = Overlay.Load(overlay);
        Assert.True(Reach.LetsIn(manifests, Stranger, "haproxy", Clients));
        Assert.True(Reach.LetsIn(manifests, Backend, "node", Api));
        Assert.False(Reach.LetsIn(manifests, SomePod, "node", Api));
        Assert.False(Reach.LetsIn(manifests, Stranger, "node", Api));
        Assert.False(Reach.LetsIn(manifests, Backend, "redis", Redis));
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Overlays))]
    public void Nobody_reaches_the_commands(string overlay)
    {
        var manifests = Overlay.Load(overlay);
        foreach (var peer in new[] { Stranger, SomePod, Backend, Prometheus }.Concat(manifests.Workloads.Select(Peer.Of)))
        {
            foreach (var workload in manifests.Workloads) Assert.False(Reach.LetsIn(manifests, peer, workload.Name, Pbm));
        }
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Overlays))]
    public void Prometheus_is_let_in_where_it_is_expected(string overlay)
    {
        var manifests = Overlay.Load(overlay);
        Assert.Equal(overlay == "overlays/production", Reach.LetsIn(manifests, Prometheus, "node", Api));
        Assert.Equal(overlay == "overlays/production", Reach.LetsIn(manifests, Prometheus, "haproxy", HaproxyInside));
        Assert.False(Reach.LetsIn(manifests, Prometheus, "redis", Redis));
    }

    [TheoryWith(Overlay.Kubectl, Overlay.KubectlPackage)]
    [MemberData(nameof(Overlays))]
    public void Clients_reach_nodes_where_nodes_advertise_themselves_and_only_from_outside(string overlay)
    {
        var manifests = Overlay.Load(overlay);
        Assert.Equal(overlay == "overlays/direct", Reach.LetsIn(manifests, Stranger, "node", Clients));
        Assert.Equal(overlay == "overlays/direct", Reach.LetsIn(manifests, Peer.Outside("2001:db8::7"), "node", Clients));
        // Of these a PROXY header would be believed.
        var trusted = PodEnvironment.Of(manifests, manifests.Workload("node"))["ProxyProtocol__Trusted"].Split(',');
        foreach (var address in trusted.Select(cidr => System.Net.IPNetwork.Parse(cidr).BaseAddress))
            Assert.False(Reach.LetsIn(manifests, Peer.Outside($"{address}"), "node", Clients), $"{address}");
        Assert.False(Reach.LetsIn(manifests, SomePod, "node", Clients));
    }
}
