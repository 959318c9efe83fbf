using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Placement;
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
    private readonly List<string> _up;
    private readonly PlacementPlan _plan;
    private readonly Dictionary<ShardId, string> _running = [];
    private readonly (ShardId Shard, string Socket)[] _users;

    public RollingDeploy(int nodes, int users, TimeSpan rollout)
    {
        _up = [.. Enumerable.Range(0, nodes).Select(i => $"node-{i}")];
        _plan = new PlacementPlan(ShardTable.Empty(Shards), 0, Settle, MovesAtOnce, _time) { Rollout = rollout, HasDrained = _drained.Contains };
        foreach (var shard in _plan.Table.Shards()) _running[shard] = _plan.OwnerOf(shard, _up)!;
        _users = [.. Enumerable.Range(0, users).Select(i => (ShardId.Of(UserId.Parse($"user-{i}"), Shards), _up[i % nodes]))];
        (Drains, Rebalances) = (new int[users], new int[users]);
        Pass(TimeSpan.FromSeconds(10));
    }

    /// <summary>How often each user was told because its socket's node stopped.</summary>
    public int[] Drains { get; }

    /// <summary>How often each was told because it had moved.</summary>
    public int[] Rebalances { get; }

    /// <summary>How often each was told at all.</summary>
    public IReadOnlyList<int> All => [.. Drains.Zip(Rebalances, (drains, rebalances) => drains + rebalances)];

    /// <summary>The most shards that one node had at any time, over the even share of those that were up.</summary>
    public double WorstLoad { get; private set; } = 1;

    public IReadOnlyList<int> Loads => [.. _up.Select(node => _running.Values.Count(owner => owner == node))];

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
        while (_plan.NextMoves(_up, _running, 0) is { Count: > 0 } batch)
        {
            foreach (var shard in batch)
            {
                _running.Remove(shard);
                _running[shard] = _plan.OwnerOf(shard, _up)!;
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
