using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Contenders;

/// <summary>bench/Peers/Floor: one process of the bare web server, which knows everybody by itself.</summary>
internal sealed class FloorContender : Contender
{
    public const string TheKey = "floor";

    public override string Key => TheKey;

    public override string Name => "bare Kestrel, 1 process";

    public override IWire Wire { get; } = new JsonWire(user => $"/ws?user={user}");

    public override int MostNodes => 1;

    protected override Task StartAsync(Servers servers, int nodes, CancellationToken stop)
    {
        var port = servers.Ports.Take(0);
        return servers.StartAsync([PeerPlan.Of("floor", [Installed.Dotnet, Installed.Floor, "--urls", $"http://127.0.0.1:{port}"], [], port, servers.Folder)], stop);
    }
}
