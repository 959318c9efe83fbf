using System.Diagnostics;
using System.Globalization;
using AkkaSockets.Load;
using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Contenders;

/// <summary>bench/Peers/Ws: Node.js, the package ws, and Redis' pub/sub.</summary>
internal sealed class WsContender(string signingKey) : Contender
{
    public const string TheKey = "ws";

    private readonly TokenMint _tokens = new(signingKey);

    public override string Key => TheKey;

    public override string Name => "Node.js ws + Redis";

    public override IWire Wire => field ??= new JsonWire(user => $"/?access_token={_tokens.For(user)}");

    protected override async Task StartAsync(Servers servers, int nodes, CancellationToken stop)
    {
        await InstallAsync(stop).ConfigureAwait(false);
        var redis = servers.Ports.Take(0);
        await servers.StartAsync([PeerPlan.Redis(servers, redis)], stop).ConfigureAwait(false);
        await servers.StartAsync(
            Enumerable.Range(1, nodes).Select(n =>
            {
                var port = servers.Ports.Take(0);
                var environment = new Dictionary<string, string>
                {
                    ["NODE_ENV"] = "production",
                    ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                    ["REDIS_URL"] = $"redis://127.0.0.1:{redis}",
                    ["SIGNING_KEY"] = signingKey,
                };
                return PeerPlan.Of($"ws-{n}", [Installed.NodeJs!, Path.Combine(Installed.Ws, "server.mjs")], environment, port, servers.Folder);
            }),
            stop).ConfigureAwait(false);
    }

    /// <summary>What its lock file names, once.</summary>
    /// <exception cref="CommandException">npm can't have it.</exception>
    private static async Task InstallAsync(CancellationToken stop)
    {
        // npm's own note of what it has installed.
        var done = new FileInfo(Path.Combine(Installed.Ws, "node_modules", ".package-lock.json"));
        if (done.Exists && done.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Installed.Ws, "package-lock.json"))) return;
        var start = new ProcessStartInfo(Installed.Npm!) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Installed.Ws };
        foreach (var argument in (string[])["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]) start.ArgumentList.Add(argument);
        using var npm = Process.Start(start)!;
        try
        {
            var (output, errors) = (npm.StandardOutput.ReadToEndAsync(stop), npm.StandardError.ReadToEndAsync(stop));
            await npm.WaitForExitAsync(stop).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            if (npm.ExitCode != 0) throw new CommandException($"npm can't install what {Installed.Ws}package-lock.json names: {(await errors.ConfigureAwait(false)).Trim()}");
        }
        finally
        {
            if (!npm.HasExited) npm.Kill(entireProcessTree: true);
        }
    }
}
