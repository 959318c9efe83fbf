using System.Globalization;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>
/// Lays out a cluster: who listens where, and who is told what. All seeds have their addresses before anybody starts, as every member gets the same list.
/// </summary>
internal sealed class Plans
{
    /// <summary>Nodes among the seeds, behind Lighthouse: it finds the living cluster by them when it comes back.</summary>
    private const int SeedNodes = 2;

    /// <summary>What a node takes to stop beyond <c>Drain:DeadlineMs</c>.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(15);

    private readonly ClusterOptions _options;
    private readonly RunFolder _folder;
    private readonly Ports _ports;
    private readonly int _redisPort, _lighthousePort;
    private readonly List<int> _clusterPorts = [];
    private readonly string _seeds;

    public Plans(ClusterOptions options, RunFolder folder, string redisServer)
    {
        (_options, _folder, _ports) = (options, folder, new Ports(options.AnyPorts));
        ApiKey = options.ApiKey ?? Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        _redisPort = _ports.Take(6380);
        _lighthousePort = _ports.Take(4053);
        _seeds = string.Join(',', ((int[])[_lighthousePort, .. Enumerable.Range(1, SeedNodes).Select(ClusterPortOf)]).Select(port => $"127.0.0.1:{port}"));
        Redis = RedisServer.Plan(redisServer, _redisPort, options.Fsync, folder);
        Lighthouse = NewLighthouse();
    }

    public string ApiKey { get; }

    public MemberPlan Redis { get; }

    public MemberPlan Lighthouse { get; }

    /// <summary>The nth node, from 1; to be called once for each.</summary>
    public MemberPlan NewNode(int n)
    {
        var name = $"node-{n}";
        // The first node has the ports that a node alone has, the others theirs ten further each.
        var step = 10 * (n - 1);
        var (clients, api, pbm) = (_ports.Take(8080 + step), _ports.Take(8081 + step), _ports.Take(9110 + step));
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
