namespace AkkaSockets.Simulate.Schemes;

/// <summary>Karger's ring: each node at many points, a shard belongs to the next one clockwise.</summary>
internal sealed class RingScheme(int pointsPerNode) : IPlacementScheme
{
    private const int ShardsSeed = -1;

    public string Name => $"ring, {pointsPerNode} points";

    public string[] Place(IReadOnlyList<string?> present, IReadOnlyList<string> nodes)
    {
        var points = (from node in nodes
                      from point in Enumerable.Range(0, pointsPerNode)
                      select (At: AkkaSocketsScheme.Score(point, node), Node: node)).ToArray();
        Array.Sort(points);
        var hashes = Array.ConvertAll(points, point => point.At);
        return [.. Enumerable.Range(0, present.Count).Select(shard =>
        {
            var found = Array.BinarySearch(hashes, AkkaSocketsScheme.Score(ShardsSeed, $"shard {shard}"));
            return points[(found < 0 ? ~found : found) % points.Length].Node;
        })];
    }
}
