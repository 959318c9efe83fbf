using System.Diagnostics.Metrics;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Telemetry;

/// <summary>What is looked up when somebody scrapes, of one node: unlike <see cref="NodeMeters"/>, several nodes in a process have one each.</summary>
public sealed class NodeGauges : IDisposable
{
    private readonly Meter _meter = new(NodeMeters.Name);

    public NodeGauges(PlacementBoard board, DrainState drain, IOptions<ClusterMemberOptions> member)
    {
        var name = member.Value.NodeName;
        _meter.CreateObservableGauge(
            "akkasockets_shards", () => board.Placement?.Table.Of(name).Count() ?? 0, description: "Shards that the placement in force has on this node.");
        _meter.CreateObservableGauge("akkasockets_draining", () => drain.IsDraining ? 1 : 0, description: "1 while this node drains, else 0.");
    }

    public void Dispose() => _meter.Dispose();
}
