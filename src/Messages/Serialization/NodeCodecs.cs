using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Messages.Serialization;

/// <summary>What nodes tell each other.</summary>
internal static class NodeCodecs
{
    public static IEnumerable<Codec> All =>
    [
        Codec.Of<PlacementTable, Proto.PlacementTable>(Manifests.PlacementTable, Write, p => new(p.Version, [.. p.Nodes], [.. p.Owners])),
    ];

    private static Proto.PlacementTable Write(PlacementTable m)
    {
        var proto = new Proto.PlacementTable { Version = m.Version };
        proto.Nodes.AddRange(m.Nodes);
        proto.Owners.AddRange(m.Owners);
        return proto;
    }
}
