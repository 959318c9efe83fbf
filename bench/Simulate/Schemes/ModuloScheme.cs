namespace AkkaSockets.Simulate.Schemes;

/// <summary>The shard's number modulo the number of nodes.</summary>
internal sealed class ModuloScheme : IPlacementScheme
{
    public string Name => "modulo";

    public string[] Place(IReadOnlyList<string?> present, IReadOnlyList<string> nodes) =>
        [.. Enumerable.Range(0, present.Count).Select(shard => nodes[shard % nodes.Count])];
}
