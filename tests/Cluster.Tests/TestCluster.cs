using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Users;

namespace AkkaSockets.Cluster.Tests;

/// <summary>Several nodes in one process.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const int Shards = 64;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _journal = Guid.NewGuid().ToString("N");
    private readonly PlacementOptions _placement;
    private int _started;
    private readonly List<TestNode> _nodes = [];

    private readonly bool _canBeCut;
    private readonly TimeSpan? _askAgainAfter;

    private TestCluster(PlacementOptions placement, bool canBeCut, TimeSpan? askAgainAfter) => (_placement, _canBeCut, _askAgainAfter) = (placement, canBeCut, askAgainAfter);

    /// <summary>The recoveries of all users.</summary>
    public RecoveryGate Recoveries => SharedJournal.GateOf(_journal);

    public IReadOnlyList<TestNode> Nodes => _nodes;

    /// <param name="settleMs">As <c>Sharding:SettleMs</c>; long where something has to happen within it.</param>
    /// <param name="canBeCut">Whether links between nodes can be cut.</param>
    /// <param name="askAgainAfter">How long a socket's attach may stay unanswered; null: as long as in production.</param>
    /// <param name="rolloutMs">As <c>Sharding:RolloutMs</c>.</param>
    public static async Task<TestCluster> StartAsync(int nodes, int settleMs = 500, bool canBeCut = false, TimeSpan? askAgainAfter = null, int rolloutMs = 500)
    {
        var cluster = new TestCluster(new PlacementOptions { Shards = Shards, SettleMs = settleMs, RolloutMs = rolloutMs }, canBeCut, askAgainAfter);
        for (var i = 0; i < nodes; i++) await cluster.AddAsync();
        return cluster;
    }

    public async Task<TestNode> AddAsync(string? advertise = null)
    {
        var node = await StartNodeAsync(_started++, advertise);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Several join at the same time.</summary>
    public async Task<TestNode[]> AddAsync(int count)
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartNodeAsync(_started++)));
        _nodes.AddRange(nodes);
        return nodes;
    }

    /// <summary>Starts a process of the same name in place of one that was stopped.</summary>
    public async Task<TestNode> ReplaceAsync(TestNode stopped)
    {
        _nodes.Remove(stopped);
        var node = await TestNode.StartAsync(stopped.Name, _journal, _nodes[0].Address, _placement, null, _canBeCut, _askAgainAfter);
        _nodes.Add(node);
        await UntilItIsGivenShardsAsync(node);
        return node;
    }

    /// <summary>Being Up is not enough: its region has to have found the coordinator.</summary>
    private static async Task UntilItIsGivenShardsAsync(TestNode node)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsGivenShardsAsync(node))
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"the coordinator does not know {node.Name}");
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> IsGivenShardsAsync(TestNode node)
    {
        try
        {
            var known = await node.Users.Ask<CurrentRegions>(GetCurrentRegions.Instance, TimeSpan.FromSeconds(2));
            return known.Regions.Contains(node.Address);
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    private Task<TestNode> StartNodeAsync(int number, string? advertise = null) =>
        TestNode.StartAsync($"node-{number}", _journal, _nodes.FirstOrDefault()?.Address, _placement, advertise, _canBeCut, _askAgainAfter);

    public void Forget(TestNode node) => _nodes.Remove(node);

    /// <summary>Publishes through a node, as the API does: asked until it is answered, with a deadline that a slow machine meets.</summary>
    public static async Task<long> PublishAsync(TestNode through, UserId user, string id) =>
        ((MessageAccepted)await through.Asker.AskAsync(new SendMessage(user, null, MessageId.Parse(id), JsonData.FromString("1")), Patience, CancellationToken.None)).Seq;

    /// <summary>As a publisher that is told 503 does: it repeats under the same id.</summary>
    public static Task<long> PublishUntilAcceptedAsync(TestNode through, UserId user, string id) => UntilServedAsync(() => PublishAsync(through, user, id));

    public static Task<string> OwnerAsync(TestNode through, UserId user) =>
        UntilServedAsync(async () => ((UserDescribed)await through.Asker.AskAsync(new GetUser(user), CancellationToken.None)).Node);

    private static async Task<T> UntilServedAsync<T>(Func<Task<T>> ask)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (UserUnavailableException) when (!deadline.IsCancellationRequested)
            {
                // Its node is not given up yet, or the machine has other things to do.
            }
        }
    }

    /// <summary>
    /// Starts every shard and waits until each node has its even share of them, so that nothing is left to move. A user of each shard is asked
    /// about, as traffic would. Then everybody knows the table.
    /// </summary>
    public async Task SettleAsync()
    {
        var users = Enumerable.Range(0, 100_000).Select(i => UserId.Parse($"settle-{i}")).DistinctBy(user => ShardId.Of(user, Shards)).Take(Shards).ToList();
        var share = Shards / _nodes.Count;
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var owners = await Task.WhenAll(users.Select(user => OwnerAsync(_nodes[0], user)));
            var counts = _nodes.Select(node => owners.Count(owner => owner == node.Name)).ToList();
            if (counts.TrueForAll(count => count >= share) && _nodes.TrueForAll(IsToldOf)) return;
            if (deadline.IsCancellationRequested) throw new TimeoutException($"the shards are spread {string.Join(", ", counts)}");
        }
    }

    /// <summary>Whether the table in force, in which everybody has a share, has reached a node.</summary>
    private bool IsToldOf(TestNode node) =>
        node.Board.Placement is { Table: var table } && _nodes.TrueForAll(other => table.Of(other.Name).Count() >= Shards / _nodes.Count);

    /// <summary>Waits for a condition; fails with <paramref name="what"/> when patience ends.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException(what);
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes)) await node.DisposeAsync();
        SharedJournal.Drop(_journal);
    }
}
