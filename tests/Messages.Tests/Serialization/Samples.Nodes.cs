using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Messages.Tests.Serialization;

internal static partial class Samples
{
    private static IEnumerable<Sample> BetweenNodes() =>
    [
        new("PlacementTable-full", new PlacementTable(7, ["node-a:4054", "é"], [1, 0, -1, 1])),
        new("PlacementTable-bare", new PlacementTable(0, [], [])),
        new("NodeReport-full", new NodeReport("node-a:4054", "wss://a.example.com/ws", 17, TakesSockets: true)),
        new("NodeReport-bare", new NodeReport("", null, 0, TakesSockets: false)),
    ];
}
