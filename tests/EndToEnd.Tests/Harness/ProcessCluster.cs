using System.Net;
using System.Text.Json;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Lighthouse, nodes and their Redis as processes of their own, with Lighthouse and the nodes as seeds.</summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    // A cluster forms in a few seconds, and each process takes some of them to start on a busy machine.
    private static readonly TimeSpan FormsWithin = TimeSpan.FromSeconds(180);

    private readonly Func<MemberPlace, NodeProcess> _createNode;
    private readonly List<NodeProcess> _nodes = [];
    private Queue<MemberPlace> _later = [];
    private Network? _network;
    private int _added;

    private ProcessCluster(RedisProcess redis, NodeProcess lighthouse, Func<ProcessCluster, MemberPlace, NodeProcess> createNode) =>
        (Redis, Lighthouse, _createNode) = (redis, lighthouse, place => createNode(this, place));

    public RedisProcess Redis { get; }

    public NodeProcess Lighthouse { get; }

    public IReadOnlyList<NodeProcess> Nodes => _nodes;

    /// <summary>One that is formed: every member is ready and sees every other.</summary>
    /// <param name="settings">Each node's, beside the harness's own; how losses are detected is Lighthouse's as well.</param>
    public static Task<ProcessCluster> StartAsync(ITestOutputHelper log, int nodes, params (string Key, object? Value)[] settings) =>
        StartAsync(log, nodes, BuiltNode.Lighthouse, BuiltNode.Path, settings);

    /// <summary>The same, of other programs.</summary>
    /// <param name="lighthouse">Lighthouse's assembly.</param>
    /// <param name="program">Each node's.</param>
    public static async Task<ProcessCluster> StartAsync(ITestOutputHelper log, int nodes, string lighthouse, string program, params (string Key, object? Value)[] settings)
    {
        var redis = await RedisProcess.StartAsync(log);
        return await StartAsync(log, redis, redis.ConnectionString, [.. Enumerable.Range(0, nodes + 1).Select(i => new MemberPlace { Program = i == 0 ? lighthouse : program })], settings);
    }

    /// <summary>
    /// The same behind a balancer on the test's side, whose PROXY headers the nodes believe. Where this process may make network namespaces, each member is on a host of its own, else all are on the
    /// loopback.
    /// </summary>
    /// <param name="later">Nodes to be added later.</param>
    public static async Task<ProcessCluster> StartBehindABalancerAsync(ITestOutputHelper log, int nodes, int later, params (string Key, object? Value)[] settings)
    {
        if (NetworkFactAttribute.WhyNot is { } why)
        {
            log.WriteLine($"All members are on the loopback. {why}");
            return await StartAsync(log, nodes, [.. settings, ("ProxyProtocol:Trusted", "127.0.0.1/32")]);
        }
        var network = await Network.CreateAsync(1 + nodes + later);
        try
        {
            var cluster = await StartAsync(log, network, [.. Enumerable.Repeat(BuiltNode.Path, nodes)], [.. settings, ("ProxyProtocol:Trusted", $"{network.Here}/32")]);
            cluster._network = network;
            return cluster;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, with each member on a host of its own: Lighthouse on the first, a node on each other. Redis is on the test's side.</summary>
    /// <param name="programs">The assemblies of the nodes; hosts beyond them are for nodes that come later.</param>
    public static async Task<ProcessCluster> StartAsync(ITestOutputHelper log, Network network, IReadOnlyList<string> programs, params (string Key, object? Value)[] settings)
    {
        var redis = await RedisProcess.StartAsync(log);
        await redis.ConfigAsync("protected-mode", "no");
        await redis.ConfigAsync("bind", $"127.0.0.1 {network.Here}");
        var places = network.Hosts.Select((host, i) => new MemberPlace
        {
            Host = host.Address,
            Through = host.Through,
            Program = i == 0 ? BuiltNode.Lighthouse : programs.ElementAtOrDefault(i - 1) ?? BuiltNode.Path,
        }).ToList();
        var cluster = await StartAsync(log, redis, $"{network.Here}:{redis.Port}", places[..(programs.Count + 1)], settings);
        cluster._later = new(places[(programs.Count + 1)..]);
        return cluster;
    }

    private static async Task<ProcessCluster> StartAsync(
        ITestOutputHelper log, RedisProcess redis, string connectionString, IReadOnlyList<MemberPlace> places, (string Key, object? Value)[] settings)
    {
        var seeds = string.Join(',', places.Select(place => $"{place.Host}:{place.Port}"));
        var lighthouse = new NodeProcess(log, [.. places[0].Settings, ("Cluster:Seeds", seeds), ("Listen:Clients", null), .. settings.Where(setting => setting.Key == "Cluster:Detection")]) { Program = places[0].Program, Through = places[0].Through };
        var cluster = new ProcessCluster(redis, lighthouse, (cluster, place) => new NodeProcess(
            log,
            [
                .. place.Settings, ("Cluster:Seeds", seeds), ("Cluster:NodeName", $"node-{cluster._added++}"), ("Cluster:MinNodes", places.Count - 1),
                ("Persistence:Provider", "redis"), ("Persistence:Redis", connectionString), .. settings,
            ])
        { Program = place.Program, Through = place.Through });
        try
        {
            lighthouse.Launch();
            foreach (var place in places.Skip(1)) cluster.Add(place);
            await cluster.FormedAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every member is ready, and each node sees all of them Up and reached: one cluster.</summary>
    public Task FormedAsync() => Eventually.TrueAsync(async () =>
    {
        if (await Lighthouse.Backend.HealthAsync("ready") != 200) return false;
        foreach (var node in Nodes)
        {
            if (await node.Backend.HealthAsync("ready") != 200) return false;
            var members = (await node.Backend.AskAsync(HttpMethod.Get, "/api/cluster", null)).Json.GetProperty("members").EnumerateArray().ToList();
            if (members.Count != Nodes.Count + 1 || !members.TrueForAll(IsUp)) return false;
        }
        return true;
    }, "Lighthouse and all nodes are one cluster", FormsWithin);

    /// <summary>Starts a node more, and does not wait for it.</summary>
    public NodeProcess Add() => Add(new MemberPlace());

    /// <summary>A node that is to be started later: its addresses are known already.</summary>
    public NodeProcess Plan() => _createNode(_later.TryDequeue(out var place) ? place : new MemberPlace());

    /// <summary>Starts a node that was planned, and does not wait for it.</summary>
    public void Add(NodeProcess planned)
    {
        _nodes.Add(planned);
        planned.Launch();
    }

    /// <summary>One that was stopped is no member any more.</summary>
    public async Task ForgetAsync(NodeProcess node)
    {
        _nodes.Remove(node);
        await node.DisposeAsync();
    }

    /// <summary>Waits until the nodes have even shares of the shards, and each of these users is where the placement has it. The result is where that is.</summary>
    public async Task<IReadOnlyList<NodeProcess>> SettledAsync(IReadOnlyList<string> users)
    {
        IReadOnlyList<NodeProcess> owners = [];
        await Eventually.TrueAsync(async () =>
        {
            var placement = (await Nodes[0].Backend.AskAsync(HttpMethod.Get, "/api/cluster", null)).Json.GetProperty("placement");
            var table = placement.GetProperty("shards").EnumerateObject().ToDictionary(shard => shard.Name, shard => shard.Value.GetString());
            if (!Nodes.All(node => table.Values.Count(owner => owner == node["Cluster:NodeName"]) >= placement.GetProperty("count").GetInt32() / Nodes.Count)) return false;
            var described = await Task.WhenAll(users.Select(user => Nodes[0].Backend.AskAsync(HttpMethod.Get, $"/api/users/{user}", null)));
            if (!described.All(user => user.Status == HttpStatusCode.OK && user.Json.Text("node") == table[$"{user.Json.GetProperty("shard")}"])) return false;
            owners = [.. described.Select(user => Nodes.Single(node => node["Cluster:NodeName"] == user.Json.Text("node")))];
            return true;
        }, "every user is where the placement has it", FormsWithin);
        return owners;
    }

    /// <summary>A user whom this node has when each has its share: before that the first may have all.</summary>
    public async Task<string> UserOfAsync(NodeProcess node)
    {
        await SettledAsync([]);
        for (var i = 0; i < 1_000; i++)
        {
            var user = $"user-{i}";
            if ((await node.Backend.DescribeAsync(user)).GetProperty("node").GetString() == node["Cluster:NodeName"]) return user;
        }
        throw new InvalidOperationException("No user lives there.");
    }

    /// <summary>As a backend that is told 503 does: publishes under one id until it is accepted, through a node that lives.</summary>
    public static async Task<long> PublishUntilAcceptedAsync(NodeProcess through, string user, string id)
    {
        var seq = 0L;
        await Eventually.TrueAsync(async () =>
        {
            var answer = await through.Backend.AskAsync(HttpMethod.Post, BackendClient.MessagesOf(user), BackendClient.Body("1", id, ephemeral: false));
            if ((int)answer.Status == 201) seq = answer.Json.GetProperty("seq").GetInt64();
            return seq > 0;
        }, "the message is accepted", FormsWithin);
        return seq;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Lighthouse.DisposeAsync();
        await Redis.DisposeAsync();
        if (_network is not null) await _network.DisposeAsync();
    }

    private NodeProcess Add(MemberPlace place)
    {
        var node = _createNode(place);
        Add(node);
        return node;
    }

    private static bool IsUp(JsonElement member) => member.GetProperty("status").GetString() == "Up" && member.GetProperty("reachable").GetBoolean();

    private sealed record MemberPlace
    {
        public string Host { get; init; } = "127.0.0.1";

        public int Port { get; } = FreePorts.Take();

        public string Program { get; init; } = BuiltNode.Path;

        public IReadOnlyList<string> Through { get; init; } = [];

        public (string Key, object? Value)[] Settings => [("Cluster:Host", Host), ("Cluster:Port", Port)];
    }
}
