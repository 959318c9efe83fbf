using System.Globalization;
using AkkaSockets.Load;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.LocalCluster.Processes;
using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Contenders;

/// <summary>This repository's server: Redis, Lighthouse and nodes, in Production, with tokens.</summary>
/// <param name="signingKey">Of the tokens.</param>
/// <param name="given">Settings from the command line.</param>
internal sealed class AkkaSocketsContender(string signingKey, IReadOnlyDictionary<string, string> given) : Contender
{
    public const string TheKey = "akkasockets";

    public const string ApiKey = "peers";

    /// <summary>
    /// Limits that would be measured instead of the server: they protect a node from a herd and from single clients, and one machine with one address is both here.
    /// Everything else is as it comes.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> Raised = new Dictionary<string, string>
    {
        ["Limits:AcceptPerSecond"] = "20000",
        ["Limits:HandshakesPerAddress"] = "20000",
        ["Limits:FramesPerSecond"] = "100000",
        ["Limits:FrameBurst"] = "100000",
    };

    private string _seeds = "";
    private int _redis, _minNodes;

    public override string Key => TheKey;

    public override string Name => "AkkaSockets";

    public override IWire Wire { get; } = new AkkaSocketsWire(new TokenMint(signingKey));

    public override bool IsOurs => true;

    protected override async Task StartAsync(Servers servers, int nodes, CancellationToken stop)
    {
        var (lighthouse, seedNodes) = (servers.Ports.Take(0), Enumerable.Range(0, nodes).Select(_ => servers.Ports.Take(0)).ToArray());
        (_redis, _minNodes) = (servers.Ports.Take(0), nodes);
        _seeds = string.Join(',', ((int[])[lighthouse, .. seedNodes.Take(2)]).Select(port => $"127.0.0.1:{port}"));
        await servers.StartAsync([PeerPlan.Redis(servers, _redis)], stop).ConfigureAwait(false);
        await servers.StartAsync([Lighthouse(servers, lighthouse), .. seedNodes.Select((port, i) => Node(servers, i + 1, port))], stop).ConfigureAwait(false);
    }

    /// <summary>How one more node is started.</summary>
    public MemberPlan NextNode(Servers servers) => Node(servers, servers.Nodes.Count + 1, servers.Ports.Take(0));

    private MemberPlan Lighthouse(Servers servers, int port)
    {
        var api = servers.Ports.Take(0);
        return Plan(servers, "lighthouse", Installed.Lighthouse, port, api, new() { ["Listen:Api"] = $"http://127.0.0.1:{api}" });
    }

    private MemberPlan Node(Servers servers, int n, int port)
    {
        var (clients, api, pbm) = (servers.Ports.Take(0), servers.Ports.Take(0), servers.Ports.Take(0));
        var settings = new Dictionary<string, string>
        {
            ["Cluster:MinNodes"] = Text(_minNodes),
            ["Listen:Clients"] = $"http://127.0.0.1:{clients}",
            ["Listen:Api"] = $"http://127.0.0.1:{api}",
            ["Listen:Pbm"] = $"127.0.0.1:{pbm}",
            ["Persistence:Provider"] = "redis",
            ["Persistence:Redis"] = $"127.0.0.1:{_redis}",
            ["Auth:SigningKey"] = signingKey,
            ["Api:Keys"] = ApiKey,
        };
        foreach (var (key, value) in Raised) settings[key] = value;
        return Plan(servers, $"node-{n}", Installed.Node, port, api, settings) with { Clients = new Uri($"ws://127.0.0.1:{clients}/ws") };
    }

    private MemberPlan Plan(Servers servers, string name, string program, int port, int api, Dictionary<string, string> settings)
    {
        settings["Cluster:Port"] = Text(port);
        settings["Cluster:Seeds"] = _seeds;
        settings["Cluster:NodeName"] = name;
        foreach (var (key, value) in given.Where(setting => program == Installed.Node || setting.Key.StartsWith("Cluster:", StringComparison.OrdinalIgnoreCase))) settings[key] = value;
        var environment = settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment["ASPNETCORE_ENVIRONMENT"] = environment["DOTNET_ENVIRONMENT"] = "Production";
        environment["TMPDIR"] = servers.Folder.Temporary;
        return new MemberPlan
        {
            Name = name,
            Launch = new Launch([Installed.Dotnet, program], environment, servers.Folder.Of(name)),
            Log = servers.Folder.LogOf(name),
            WaitsFor = stop => Probes.HealthAsync(new Uri($"http://127.0.0.1:{api}"), stop),
            Api = new Uri($"http://127.0.0.1:{api}"),
            OtherAddresses = "",
            StopsWithin = TimeSpan.FromSeconds(45),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
