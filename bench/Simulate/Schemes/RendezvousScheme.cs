namespace AkkaSockets.Simulate.Schemes;

/// <summary>Thaler and Ravishankar's highest random weight: a shard belongs to the node that it prefers.</summary>
internal sealed class RendezvousScheme : IPlacementScheme
{
    public string Name => "rendezvous";

    public string[] Place(IReadOnlyList<string?> present, IReadOnlyList<string> nodes) =>
        [.. Enumerable.Range(0, present.Count).Select(shard => nodes.MaxBy(node => AkkaSocketsScheme.Score(shard, node))!)];
}
