using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Messages.Tests.Serialization;

internal static partial class Samples
{
    private static IEnumerable<Sample> BetweenNodes() =>
    [
        new("PlacementTable-full", new PlacementTable(7, ["node-a:4054", "é"], [1, 0, -1, 1])),
        new("PlacementTable-bare", new PlacementTable(0, [], [])),
    ];
}
