using System.ComponentModel;
using AkkaSockets.LocalCluster.Balancer;
using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster;

/// <summary>One run of this program: everything is started, commands are taken, everything is stopped, whatever happens.</summary>
internal static class Session
{
    /// <summary>The exit status: 1 when something kept the cluster from starting.</summary>
    public static async Task<int> RunAsync(ClusterOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("This needs Linux; on Windows, WSL.").ConfigureAwait(false);
            return 1;
        }
        var (redisServer, haproxy) = (InstalledPrograms.Find("redis-server"), InstalledPrograms.Find("haproxy"));
        if (redisServer is null || (options.Balancer && haproxy is null))
        {
            await Console.Error.WriteLineAsync(redisServer is null ? RedisServer.HowToInstall : HaproxyServer.HowToInstall).ConfigureAwait(false);
            return 1;
        }
        using var signals = new StopSignals();
        var terminal = new Terminal();
        Cluster cluster;
        try
        {
            cluster = new Cluster(options, redisServer, haproxy, terminal.Tell);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or Win32Exception)
        {
            await Console.Error.WriteLineAsync($"Can't start: {fault.Message}").ConfigureAwait(false);
            return 1;
        }
        using (cluster) return await RunAsync(cluster, options, terminal, signals).ConfigureAwait(false);
    }

    private static async Task<int> RunAsync(Cluster cluster, ClusterOptions options, Terminal terminal, StopSignals signals)
    {
        _ = WatchParentAsync(signals);
        var status = 0;
        try
        {
            terminal.Tell($"Everything that members write is in {cluster.Folder}/logs{(options.Data is null ? ", and deleted at the end" : "")}");
            await cluster.StartAsync(signals.Stop).ConfigureAwait(false);
            terminal.Tell(Welcome(cluster));
            await new CommandLoop(cluster, terminal).RunAsync(signals.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            // Asked to stop, which comes now.
        }
        catch (CommandException fault)
        {
            await Console.Error.WriteLineAsync($"{fault.Message}: everything is stopped").ConfigureAwait(false);
            status = 1;
        }
        terminal.Tell("Stopping; Ctrl-C kills what still runs");
        await cluster.EndAsync(signals.Hurry).ConfigureAwait(false);
        terminal.Tell("All stopped");
        return status;
    }

    private static async Task WatchParentAsync(StopSignals signals)
    {
        await ParentWatch.GoneAsync().ConfigureAwait(false);
        signals.StopAtOnce();
    }

    private static string Welcome(Cluster cluster) => $"""

        {Reports.Addresses(cluster)}

        backends' key: {cluster.ApiKey}
        a client:      npx wscat -c '{Entrances(cluster)[0]}?user=alice'
        load:          dotnet run --project bench/Load -- --api-key {cluster.ApiKey} --url {string.Join(' ', Entrances(cluster))} --api {string.Join(' ', cluster.Nodes.Select(node => node.Plan.Api!.ToString().TrimEnd('/')))}

        {CommandLoop.Summary}
        """;

    /// <summary>Where clients connect.</summary>
    private static IReadOnlyList<Uri> Entrances(Cluster cluster) => cluster.Balancer is { } balancer ? [balancer.Plan.Clients!] : [.. cluster.Nodes.Select(node => node.Plan.Clients!)];
}
