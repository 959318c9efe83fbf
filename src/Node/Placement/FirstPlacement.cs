namespace AkkaSockets.Node.Placement;

/// <summary>
/// Whether the cluster has grown to <c>Cluster:MinNodes</c>, which its first placement waits for, so that shards are not put on the first node that comes only to be
/// moved when the others do. Once it has, it stays so, however few nodes are left. Safe from any thread.
/// </summary>
/// <param name="minNodes">At least 1.</param>
public sealed class FirstPlacement(int minNodes)
{
    private volatile bool _hasBegun = minNodes <= 1;
    private volatile int _nodes;

    /// <summary><c>Cluster:MinNodes</c></summary>
    public int MinNodes => minNodes;

    /// <summary>Nodes that are Up now.</summary>
    public int Nodes => _nodes;

    /// <summary>Shards may be placed.</summary>
    public bool HasBegun => _hasBegun;

    public void SeeNodes(int up)
    {
        _nodes = up;
        if (up >= minNodes) _hasBegun = true;
    }

    /// <summary>Shards are there already: the cluster was large enough before this node came.</summary>
    public void SeeShards() => _hasBegun = true;
}
