using System.Globalization;
using AkkaSockets.LocalCluster.Balancer;
using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>
/// Lays out a cluster: who listens where, and who is told what. All seeds have their addresses before anybody starts, as every member gets the same list.
/// </summary>
internal sealed class Plans
{
    /// <summary>Nodes among the seeds, behind Lighthouse: it finds the living cluster by them when it comes back.</summary>
    private const int SeedNodes = 2;

    /// <summary>Nodes that may be added behind a balancer: it is told all addresses at its start.</summary>
    private const int SpareSlots = 8;

    /// <summary>What a node takes to stop beyond <c>Drain:DeadlineMs</c>.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(15);

    private readonly ClusterOptions _options;
    private readonly RunFolder _folder;
    private readonly Ports _ports;
    private readonly int _redisPort, _lighthousePort;
    private readonly List<int> _clusterPorts = [];
    private readonly List<NodePorts> _nodePorts = [];
    private readonly string _seeds;

    public Plans(ClusterOptions options, RunFolder folder, string redisServer, string? haproxy)
    {
        (_options, _folder, _ports) = (options, folder, new Ports(options.AnyPorts));
        ApiKey = options.ApiKey ?? Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        _redisPort = _ports.Take(6380);
        _lighthousePort = _ports.Take(4053);
        _seeds = string.Join(',', ((int[])[_lighthousePort, .. Enumerable.Range(1, SeedNodes).Select(ClusterPortOf)]).Select(port => $"127.0.0.1:{port}"));
        Redis = RedisServer.Plan(redisServer, _redisPort, options.Fsync, folder);
        Lighthouse = NewLighthouse();
        if (!options.Balancer) return;
        PortsOf(options.Nodes + SpareSlots);
        Balancer = HaproxyServer.Plan(haproxy!, _ports.Take(8000), _ports.Take(8001), _nodePorts, folder);
    }

    public string ApiKey { get; }

    public MemberPlan Redis { get; }

    public MemberPlan Lighthouse { get; }

    /// <summary>Null where none was asked for.</summary>
    public MemberPlan? Balancer { get; }

    /// <summary>The nth node, from 1; to be called once for each.</summary>
    /// <exception cref="CommandException">The balancer would not know it.</exception>
    public MemberPlan NewNode(int n)
    {
        var name = $"node-{n}";
        if (Balancer is not null && n > _nodePorts.Count) throw new CommandException($"the balancer knows {_nodePorts.Count} nodes, and all of them are there");
        var (clients, api, pbm) = PortsOf(n);
        var settings = new Dictionary<string, string>
        {
            ["Cluster:Port"] = Text(ClusterPortOf(n)),
            ["Cluster:Seeds"] = _seeds,
            ["Cluster:NodeName"] = name,
            ["Cluster:MinNodes"] = Text(_options.Nodes),
            ["Listen:Clients"] = $"http://127.0.0.1:{clients}",
            ["Listen:Api"] = $"http://127.0.0.1:{api}",
            ["Listen:Pbm"] = $"127.0.0.1:{pbm}",
            ["Gateway:AdvertiseUrl"] = _options.Advertise ? $"ws://127.0.0.1:{clients}/ws" : "",
            ["Persistence:Provider"] = "redis",
            ["Persistence:Redis"] = $"127.0.0.1:{_redisPort}",
            ["Auth:Development"] = "true",
            ["Api:Keys"] = ApiKey,
        };
        if (Balancer is not null) SetBehindBalancer(settings, Balancer);
        foreach (var (key, value) in _options.Settings) settings[key] = value;
        return new MemberPlan
        {
            Name = name,
            Launch = NewLaunch(name, Programs.Node, settings),
            Log = _folder.LogOf(name),
            WaitsFor = stop => Probes.HealthAsync(new Uri($"http://127.0.0.1:{api}"), stop),
            Clients = new Uri($"ws://127.0.0.1:{clients}/ws"),
            Api = new Uri($"http://127.0.0.1:{api}"),
            OtherAddresses = $"cluster 127.0.0.1:{ClusterPortOf(n)}, pbm 127.0.0.1:{pbm}",
            StopsWithin = DrainDeadline + StopTime,
        };
    }

    private TimeSpan DrainDeadline =>
        TimeSpan.FromMilliseconds(_options.Settings.TryGetValue("Drain:DeadlineMs", out var ms) && int.TryParse(ms, CultureInfo.InvariantCulture, out var given) ? given : 25_000);

    private MemberPlan NewLighthouse()
    {
        const string Name = "lighthouse";
        var api = new Uri($"http://127.0.0.1:{_ports.Take(8071)}");
        var settings = new Dictionary<string, string>
        {
            ["Cluster:Port"] = Text(_lighthousePort),
            ["Cluster:Seeds"] = _seeds,
            ["Cluster:NodeName"] = Name,
            ["Listen:Api"] = $"http://127.0.0.1:{api.Port}",
        };
        // It is a member like any other.
        foreach (var (key, value) in _options.Settings.Where(setting => setting.Key.StartsWith("Cluster:", StringComparison.OrdinalIgnoreCase))) settings[key] = value;
        return new MemberPlan
        {
            Name = Name,
            Launch = NewLaunch(Name, Programs.Lighthouse, settings),
            Log = _folder.LogOf(Name),
            WaitsFor = stop => Probes.HealthAsync(api, stop),
            Api = api,
            OtherAddresses = $"cluster 127.0.0.1:{_lighthousePort}",
            StopsWithin = StopTime,
        };
    }

    /// <summary>As k8s/ has it; HAProxy comes from where a client on this machine would, who is thus to go through it.</summary>
    private static void SetBehindBalancer(Dictionary<string, string> settings, MemberPlan balancer)
    {
        settings["Gateway:Url"] = $"{balancer.Clients}";
        settings["ProxyProtocol:Trusted"] = "127.0.0.1/32";
        settings["Drain:NoticeMs"] = "5000";
        settings["Sharding:RolloutMs"] = "60000";
    }

    /// <summary>The first node has the ports that a node alone has, the others theirs ten further each.</summary>
    private NodePorts PortsOf(int n)
    {
        for (var step = 10 * _nodePorts.Count; _nodePorts.Count < n; step += 10) _nodePorts.Add(new NodePorts(_ports.Take(8080 + step), _ports.Take(8081 + step), _ports.Take(9110 + step)));
        return _nodePorts[n - 1];
    }

    private int ClusterPortOf(int n)
    {
        while (_clusterPorts.Count < n) _clusterPorts.Add(_ports.Take(4054 + _clusterPorts.Count));
        return _clusterPorts[n - 1];
    }

    private Launch NewLaunch(string name, string program, Dictionary<string, string> settings)
    {
        var environment = settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment["ASPNETCORE_ENVIRONMENT"] = environment["DOTNET_ENVIRONMENT"] = "Development";
        environment["TMPDIR"] = _folder.Temporary;
        return new Launch([Programs.Dotnet, program], environment, _folder.Of(name));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
