using AkkaSockets.Load;
using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Contenders;

/// <summary>bench/Peers/SignalR: ASP.NET Core SignalR, its MessagePack protocol and its Redis backplane.</summary>
internal sealed class SignalRContender(string signingKey) : Contender
{
    public const string TheKey = "signalr";

    public override string Key => TheKey;

    public override string Name => "SignalR + Redis";

    public override IWire Wire { get; } = new SignalRWire(new TokenMint(signingKey));

    protected override async Task StartAsync(Servers servers, int nodes, CancellationToken stop)
    {
        var redis = servers.Ports.Take(0);
        await servers.StartAsync([PeerPlan.Redis(servers, redis)], stop).ConfigureAwait(false);
        await servers.StartAsync(
            Enumerable.Range(1, nodes).Select(n =>
            {
                var port = servers.Ports.Take(0);
                var environment = new Dictionary<string, string>
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Production",
                    ["Redis"] = $"127.0.0.1:{redis}",
                    ["Auth__SigningKey"] = signingKey,
                };
                return PeerPlan.Of($"signalr-{n}", [Installed.Dotnet, Installed.SignalR, "--urls", $"http://127.0.0.1:{port}"], environment, port, servers.Folder);
            }),
            stop).ConfigureAwait(false);
    }
}
