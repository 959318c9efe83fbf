using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using AkkaSockets.Simulate.Schemes;

namespace AkkaSockets.Simulate.Timeline;

/// <summary>The coordinator: the server's own plan decides what moves when, here a move is only the time it takes.</summary>
internal sealed class SimulatedShards
{
    private readonly TimelineOptions _options;
    private readonly SimulatedTime _time;
    private readonly Func<IReadOnlyList<ShardId>> _nextMoves;
    private readonly Func<ShardId, string?> _ownerOf;
    private readonly MovePace _pace;
    private readonly Dictionary<ShardId, string> _present;
    private readonly List<(ShardId Shard, string From, double Due)> _moving = [];
    private readonly HashSet<string> _eligible;
    private readonly HashSet<string> _drained = new(StringComparer.Ordinal);
    private double _lookUntil;

    public SimulatedShards(TimelineOptions options, SimulatedTime time, IReadOnlyCollection<string> nodes, bool placesByVersion)
    {
        (_options, _time, _pace, _eligible) = (options, time, new MovePace(time), nodes.ToHashSet(StringComparer.Ordinal));
        var table = ShardPlacement.Place(ShardTable.Empty(options.Shards), nodes);
        _present = table.Shards().ToDictionary(shard => shard, shard => table[shard]!);
        if (placesByVersion)
        {
            // Only who drained and is back is new.
            var byVersion = new PlacementByVersion(table, Begin, node => _drained.Contains(node) && _eligible.Contains(node), MovePace.Most);
            (_nextMoves, _ownerOf) = (() => byVersion.NextMoves(_eligible, _present, _moving.Count), shard => byVersion.OwnerOf(shard, _eligible));
        }
        else
        {
            var plan = Begin(table);
            (_nextMoves, _ownerOf) = (() => plan.NextMoves(_eligible, _present, _moving.Count), shard => plan.OwnerOf(shard, _eligible));
        }

        PlacementPlan Begin(ShardTable from) => new(from, 1, options.Sharding.Settle, MovePace.Most, time)
        {
            Rollout = options.Sharding.Rollout,
            HasDrained = _drained.Contains,
        };
    }

    /// <summary>True once every shard is where it belongs and nothing is about to move.</summary>
    public bool IsPlaced => _moving.Count == 0 && _time.Seconds >= _lookUntil;

    public int Moved { get; private set; }

    /// <summary>Whether a node still has shards.</summary>
    public bool Has(string node) => _moving.Exists(move => move.From == node) || _present.ContainsValue(node);

    public void Joined(string node) => Change(() => _eligible.Add(node));

    /// <summary>The node drains: it gives its shards up, and is known for it when it comes back.</summary>
    public void Drains(string node)
    {
        _drained.Add(node);
        Change(() => _eligible.Remove(node));
    }

    /// <summary>The nodes are known to be dead: users ask for their shards, which start where the plan says.</summary>
    public void Died(IReadOnlyCollection<string> nodes)
    {
        Change(() => _eligible.ExceptWith(nodes));
        foreach (var shard in _present.Where(shard => nodes.Contains(shard.Value)).Select(shard => shard.Key).ToList()) Start(shard);
    }

    /// <summary>Looks once, as the coordinator does; the moves that ended meanwhile are the result.</summary>
    public IReadOnlyList<(string From, string To)> Step()
    {
        var ended = _moving.FindAll(move => move.Due <= _time.Seconds);
        _moving.RemoveAll(move => move.Due <= _time.Seconds);
        var moves = ended.ConvertAll(move => (move.From, To: Start(move.Shard)));
        if (_time.Seconds >= _lookUntil) return moves;
        foreach (var shard in _pace.Begin(_nextMoves(), _moving.Select(move => move.Shard).ToHashSet()))
        {
            _moving.Add((shard, _present[shard], _time.Seconds + _options.HandOff.TotalSeconds));
            _present.Remove(shard);
        }
        if (_moving.Count > 0) LookOn();
        return moves;
    }

    private string Start(ShardId shard)
    {
        Moved++;
        return _present[shard] = _ownerOf(shard) ?? throw new InvalidOperationException("There is no node left.");
    }

    private void Change(Action change)
    {
        change();
        LookOn();
    }

    private void LookOn() => _lookUntil = _time.Seconds + (_drained.Count > 0 ? _options.Sharding.Rollout : _options.Sharding.Settle).TotalSeconds + (2 * _options.Step.TotalSeconds);
}
