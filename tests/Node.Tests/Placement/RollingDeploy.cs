using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
using AkkaSockets.Simulate.Schemes;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Placement;

/// <summary>
/// Nodes restarted one after the other, by the placement code itself, with users whose sockets a balancer puts where the fewest are: who is told to
/// come back, and how often.
/// </summary>
internal sealed class RollingDeploy
{
    public const int Shards = 256;
    private const int MovesAtOnce = 10;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly FakeTimeProvider _time = new();
    private readonly HashSet<string> _drained = [];
    private readonly HashSet<string> _replaced = [];
    private readonly List<string> _up;
    private readonly Func<ShardId, string?> _ownerOf;
    private readonly Func<IReadOnlyList<ShardId>> _nextMoves;
    private readonly Dictionary<ShardId, string> _running = [];
    private readonly (ShardId Shard, string Socket)[] _users;

    /// <param name="rollout">How long a node that was restarted waits for its share.</param>
    public RollingDeploy(int nodes, int users, TimeSpan rollout, PlacedBy placedBy = PlacedBy.Plan)
    {
        _up = [.. Enumerable.Range(0, nodes).Select(i => $"node-{i}")];
        var plan = Begin(ShardTable.Empty(Shards));
        var byVersion = new PlacementByVersion(ShardTable.Empty(Shards), Begin, node => placedBy == PlacedBy.Version && _replaced.Contains(node), MovesAtOnce);
        (_ownerOf, _nextMoves) = placedBy switch
        {
            PlacedBy.Plan => (shard => plan.OwnerOf(shard, _up), () => plan.NextMoves(_up, _running, 0)),
            PlacedBy.Version or PlacedBy.OneVersion => ((Func<ShardId, string?>)(shard => byVersion.OwnerOf(shard, _up)), (Func<IReadOnlyList<ShardId>>)(() => byVersion.NextMoves(_up, _running, 0))),
            _ => (_ => null, () => []),
        };
        if (placedBy != PlacedBy.Nobody)
        {
            for (var shard = 0; shard < Shards; shard++) _running[new ShardId(shard)] = _ownerOf(new ShardId(shard))!;
        }
        _users = [.. Enumerable.Range(0, users).Select(i => (ShardId.Of(UserId.Parse($"user-{i}"), Shards), _up[i % nodes]))];
        (Drains, Rebalances, Moves) = (new int[users], new int[users], new int[users]);
        Pass(TimeSpan.FromSeconds(10));

        PlacementPlan Begin(ShardTable table) => new(table, 0, Settle, MovesAtOnce, _time) { Rollout = rollout, HasDrained = _drained.Contains };
    }

    /// <summary>How often each user was told because its socket's node stopped.</summary>
    public int[] Drains { get; }

    /// <summary>How often each was told because it had moved.</summary>
    public int[] Rebalances { get; }

    /// <summary>How often each was told at all.</summary>
    public IReadOnlyList<int> All => [.. Drains.Zip(Rebalances, (drains, rebalances) => drains + rebalances)];

    /// <summary>How often each moved, whether it was told or not.</summary>
    public int[] Moves { get; }

    /// <summary>The most shards that one node had at any time, over the even share of those that were up.</summary>
    public double WorstLoad { get; private set; } = 1;

    public IReadOnlyList<int> Loads => [.. _up.Select(node => _running.Values.Count(owner => owner == node))];

    /// <summary>The sockets of each node, the one that was restarted last at the end.</summary>
    public IReadOnlyList<int> Sockets => [.. _up.Select(node => _users.Count(user => user.Socket == node))];

    /// <summary>As StatefulSets do: the highest first, and the next one a while after the last was ready again.</summary>
    public void Run(TimeSpan absent, TimeSpan between)
    {
        foreach (var node in _up.AsEnumerable().Reverse().ToList())
        {
            _up.Remove(node);
            _drained.Add(node);
            foreach (var shard in Batches().ToList()) Assert.NotEqual(node, _running[shard]);
            Assert.DoesNotContain(node, _running.Values);
            for (var user = 0; user < _users.Length; user++)
            {
                if (_users[user].Socket != node) continue;
                Drains[user]++;
                _users[user].Socket = LeastConnected();
            }
            Pass(absent);
            _up.Add(node);
            _replaced.Add(node);
            Pass(between);
        }
        Pass(TimeSpan.FromMinutes(5));
    }

    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Tick)
        {
            var moved = Batches().ToHashSet();
            for (var user = 0; moved.Count > 0 && user < _users.Length; user++)
            {
                var (shard, socket) = _users[user];
                if (!moved.Contains(shard) || _running[shard] == socket) continue;
                Rebalances[user]++;
                _users[user].Socket = LeastConnected();
            }
            _time.Advance(Tick);
        }
    }

    private IEnumerable<ShardId> Batches()
    {
        while (_nextMoves() is { Count: > 0 } batch)
        {
            foreach (var shard in batch)
            {
                _running.Remove(shard);
                _running[shard] = _ownerOf(shard)!;
                for (var user = 0; user < _users.Length; user++)
                {
                    if (_users[user].Shard == shard) Moves[user]++;
                }
                yield return shard;
            }
            WorstLoad = Math.Max(WorstLoad, Loads.Max() / ((double)Shards / _up.Count));
        }
    }

    private string LeastConnected()
    {
        var counts = _users.CountBy(user => user.Socket).ToDictionary();
        return _up.MinBy(node => counts.GetValueOrDefault(node))!;
    }
}

/// <summary>Who says where users go while nodes are restarted.</summary>
internal enum PlacedBy
{
    /// <summary>The server's own plan.</summary>
    Plan,

    /// <summary>Their app-version: what a node gives up goes to those that were restarted already.</summary>
    Version,

    /// <summary>The same where they are restarted with the version that they had.</summary>
    OneVersion,

    /// <summary>Nobody: the plainest server has sockets alone.</summary>
    Nobody,
}
