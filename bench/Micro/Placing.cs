using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using BenchmarkDotNet.Attributes;

namespace AkkaSockets.Micro;

/// <summary>
/// Making tables: what the coordinator does when membership has changed. <see cref="NextMoves"/> is what it does five times a second while nothing changes.
/// </summary>
public class Placing
{
    // A large one takes seconds to make, and each benchmark begins with one.
    private static readonly Dictionary<string, ShardTable> Made = [];

    private string[] _names = [];
    private string[] _oneMore = [];
    private string[] _oneLess = [];
    private ShardTable _empty = ShardTable.Empty(0);
    private ShardTable _present = ShardTable.Empty(0);
    private Dictionary<ShardId, string> _running = [];
    private PlacementPlan _plan = null!;

    /// <summary>Shards and nodes.</summary>
    [Params("256x3", "256x12", "1024x50", "10000x500")]
    public string Cluster { get; set; } = "";

    [GlobalSetup]
    public void Begin()
    {
        var (shards, nodes) = Cluster.Split('x') is [var s, var n] ? (int.Parse(s), int.Parse(n)) : throw new FormatException(Cluster);
        _names = [.. Enumerable.Range(0, nodes).Select(NameOf)];
        _oneMore = [.. _names, NameOf(nodes)];
        _oneLess = _names[1..];
        _empty = ShardTable.Empty(shards);
        if (!Made.TryGetValue(Cluster, out var present)) Made[Cluster] = present = ShardPlacement.Place(_empty, _names);
        _present = present;
        _running = _present.Shards().ToDictionary(shard => shard, shard => _present[shard]!);
        _plan = new PlacementPlan(_present, 1, TimeSpan.Zero, 10, TimeProvider.System);
    }

    [Benchmark]
    public ShardTable First() => ShardPlacement.Place(_empty, _names);

    [Benchmark]
    public ShardTable Join() => ShardPlacement.Place(_present, _oneMore);

    [Benchmark]
    public ShardTable Leave() => ShardPlacement.Place(_present, _oneLess);

    [Benchmark]
    public int NextMoves() => _plan.NextMoves(_names, _running, 0).Count;

    private static string NameOf(int node) => $"node-{node}.nodes:4054";
}
