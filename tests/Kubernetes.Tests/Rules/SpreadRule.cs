using AkkaSockets.Kubernetes.Tests.Rendering;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>What there are several of is on several machines, in several zones: one that fails takes a share of the clients, not all.</summary>
internal sealed class SpreadRule : Rule
{
    private static readonly string[] Several = ["haproxy", "node"];
    private static readonly string[] Over = ["kubernetes.io/hostname", "topology.kubernetes.io/zone"];

    public override IEnumerable<string> Check(Manifests manifests) =>
        from workload in Several.Select(manifests.Workload)
        from key in Over
        where (workload.Pod.TopologySpreadConstraints ?? []).All(spread => spread.TopologyKey != key)
        select $"{workload} is not spread over {key}.";
}
