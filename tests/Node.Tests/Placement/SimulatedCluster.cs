using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Placement;

/// <summary>
/// A cluster as the plan sees it, with every shard asked for: members that come, drain and go, the shards that run, and a coordinator that may begin elsewhere. What moves
/// is returned, and each batch is checked as it goes.
/// </summary>
internal sealed class SimulatedCluster
{
    public const int Shards = 64;
    private const int MovesAtOnce = 10;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly SortedSet<string> _up = new(StringComparer.Ordinal);
    private readonly Dictionary<ShardId, string> _running = [];
    private PlacementPlan _plan;

    public SimulatedCluster(string first)
    {
        _plan = new PlacementPlan(ShardTable.Empty(Shards), 0, Settle, MovesAtOnce, _time);
        _up.Add(first);
        Start(_plan.Table.Shards());
        LetSettle();
    }

    public SortedSet<string> Draining { get; } = new(StringComparer.Ordinal);

    /// <summary>Who may carry shards.</summary>
    public IReadOnlyCollection<string> Eligible => [.. _up.Except(Draining)];

    /// <summary>Who joined and has not settled.</summary>
    public SortedSet<string> Newcomers { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<ShardId, string> Running => new Dictionary<ShardId, string>(_running);

    public ShardTable Table => _plan.Table;

    public long Version => _plan.Version;

    public bool Has(string node) => _up.Contains(node);

    public void Join(string node)
    {
        _up.Add(node);
        Newcomers.Add(node);
        Assert.Empty(Batch());
    }

    /// <summary>It leaves, or is lost: its shards start elsewhere as they are asked for.</summary>
    public void Lose(string node)
    {
        _up.Remove(node);
        Draining.Remove(node);
        Newcomers.Remove(node);
        var orphans = _running.Where(at => at.Value == node).Select(at => at.Key).ToList();
        foreach (var orphan in orphans) _running.Remove(orphan);
        Start(orphans);
        Assert.Empty(Batch());
    }

    /// <summary>It gives its shards away, without time passing.</summary>
    public IReadOnlySet<ShardId> Drain(string node)
    {
        Draining.Add(node);
        Newcomers.Remove(node);
        return MoveAll();
    }

    /// <summary>Time passes without a change.</summary>
    public IReadOnlySet<ShardId> LetSettle()
    {
        Batch();
        _time.Advance(Settle);
        var moved = MoveAll();
        Newcomers.Clear();
        return moved;
    }

    /// <summary>As <see cref="LetSettle"/>, but only so many batches of it.</summary>
    public void MoveSome(int batches)
    {
        Batch();
        _time.Advance(Settle);
        for (var i = 0; i < batches; i++) Move(Batch());
    }

    /// <summary>The coordinator begins on another node: from what runs and, for the rest, from what was published.</summary>
    public void MoveCoordinator()
    {
        var table = new ShardTable([.. Table.Shards().Select(shard => _running.GetValueOrDefault(shard) ?? Table[shard])]);
        _plan = new PlacementPlan(table, Table.MovedTo(table).Any() ? Version + 1 : Version, Settle, MovesAtOnce, _time);
    }

    private void Start(IEnumerable<ShardId> shards)
    {
        foreach (var shard in shards) _running[shard] = _plan.OwnerOf(shard, Eligible)!;
    }

    private HashSet<ShardId> MoveAll()
    {
        var moved = new HashSet<ShardId>();
        while (Batch() is { Count: > 0 } batch)
        {
            Move(batch);
            // Nothing goes twice.
            Assert.All(batch, shard => Assert.True(moved.Add(shard)));
        }
        return moved;
    }

    private IReadOnlyList<ShardId> Batch()
    {
        var batch = _plan.NextMoves(Eligible, _running, 0);
        Assert.InRange(batch.Count, 0, MovesAtOnce);
        return batch;
    }

    private void Move(IEnumerable<ShardId> batch)
    {
        foreach (var shard in batch)
        {
            var from = _running[shard];
            _running.Remove(shard);
            Start([shard]);
            Assert.NotEqual(from, _running[shard]);
        }
    }
}
