using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster;

/// <summary>Redis, Lighthouse and nodes, from the first start to the end of the last.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly RunFolder _folder;
    private readonly Guard _guard;
    private readonly Plans _plans;
    private readonly Action<string> _tell;
    private readonly List<Member> _nodes = [];

    /// <param name="tell">Takes one line or more for the user.</param>
    /// <param name="redisServer">The program; as is <paramref name="haproxy"/>, which is needed for a balancer only.</param>
    /// <exception cref="IOException">The folder can't be had.</exception>
    public Cluster(ClusterOptions options, string redisServer, string? haproxy, Action<string> tell)
    {
        _tell = tell;
        _folder = new RunFolder(options.Data);
        _guard = new Guard(_folder.Temporary);
        _plans = new Plans(options, _folder, redisServer, haproxy);
        Redis = new Member(_plans.Redis, _guard, tell);
        Lighthouse = new Member(_plans.Lighthouse, _guard, tell);
        for (var n = 1; n <= options.Nodes; n++) _nodes.Add(new Member(_plans.NewNode(n), _guard, tell));
        Balancer = _plans.Balancer is { } balancer ? new Member(balancer, _guard, tell) : null;
    }

    public Member Redis { get; }

    public Member Lighthouse { get; }

    public IReadOnlyList<Member> Nodes => _nodes;

    /// <summary>Null where none was asked for.</summary>
    public Member? Balancer { get; }

    public IEnumerable<Member> All => [Redis, Lighthouse, .. _nodes, .. Balancer is null ? (Member[])[] : [Balancer]];

    public string ApiKey => _plans.ApiKey;

    public string Folder => _folder.Path;

    /// <summary>Starts everything and waits until it is ready.</summary>
    /// <exception cref="CommandException">One of them ended instead.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        Redis.Start();
        await ReadyAsync(Redis, stop).ConfigureAwait(false);
        Lighthouse.Start();
        foreach (var node in _nodes) node.Start();
        Balancer?.Start();
        await Task.WhenAll(All.Select(member => ReadyAsync(member, stop))).ConfigureAwait(false);
    }

    /// <summary>One more node.</summary>
    public Member Add()
    {
        var node = new Member(_plans.NewNode(_nodes.Count + 1), _guard, _tell);
        _nodes.Add(node);
        node.Start();
        return node;
    }

    /// <summary>Restarts the nodes as a StatefulSet does: the highest first, each once the one before has been ready for so long.</summary>
    /// <exception cref="CommandException">One of them does not start again.</exception>
    public async Task RollAsync(TimeSpan ready, CancellationToken stop)
    {
        foreach (var node in _nodes.Where(node => node.State != MemberState.Stopped).Reverse().ToList())
        {
            await node.RestartAsync(stop).ConfigureAwait(false);
            await ReadyAsync(node, stop).ConfigureAwait(false);
            if (node != _nodes[0]) await Task.Delay(ready, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Ends everything in order: nodes with their clients first, the store last.</summary>
    /// <param name="hurry">Ends the waiting: what still runs is killed.</param>
    public async Task EndAsync(CancellationToken hurry)
    {
        await Task.WhenAll(_nodes.Select(node => node.EndAsync(hurry))).ConfigureAwait(false);
        if (Balancer is not null) await Balancer.EndAsync(hurry).ConfigureAwait(false);
        await Lighthouse.EndAsync(hurry).ConfigureAwait(false);
        await Redis.EndAsync(hurry).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _guard.Dispose();
    }

    private static async Task ReadyAsync(Member member, CancellationToken stop)
    {
        if (!await member.Settled.WaitAsync(stop).ConfigureAwait(false)) throw new CommandException($"{member.Plan.Name} did not start");
    }
}
