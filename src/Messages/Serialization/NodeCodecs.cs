using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Messages.Serialization;

/// <summary>What nodes tell each other.</summary>
internal static class NodeCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<PlacementTable, Proto.PlacementTable>(Manifests.PlacementTable, Write, p => new(p.Version, [.. p.Nodes], [.. p.Owners])),
        Codec.Of<NodeReport, Proto.NodeReport>(Manifests.NodeReport, Write, p => new(p.Node, p.HasUrl ? p.Url : null, p.Sockets, p.TakesSockets)),
    ];

    private static Proto.PlacementTable Write(PlacementTable m)
    {
        var proto = new Proto.PlacementTable { Version = m.Version };
        proto.Nodes.AddRange(m.Nodes);
        proto.Owners.AddRange(m.Owners);
        return proto;
    }

    private static Proto.NodeReport Write(NodeReport m)
    {
        var proto = new Proto.NodeReport { Node = m.Node, Sockets = m.Sockets, TakesSockets = m.TakesSockets };
        if (m.Url is not null) proto.Url = m.Url;
        return proto;
    }
}
