using System.Net.Sockets;
using AkkaSockets.LocalCluster.Members;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.Peers.Contenders;

/// <summary>How a process that answers <c>GET /health</c> is started.</summary>
internal static class PeerPlan
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(3) };

    public static MemberPlan Of(string name, IReadOnlyList<string> command, Dictionary<string, string> environment, int port, RunFolder folder)
    {
        environment["TMPDIR"] = folder.Temporary;
        return new MemberPlan
        {
            Name = name,
            Launch = new Launch(command, environment, folder.Of(name)),
            Log = folder.LogOf(name),
            WaitsFor = stop => HealthAsync(port, stop),
            Clients = new Uri($"ws://127.0.0.1:{port}"),
            OtherAddresses = "",
            StopsWithin = TimeSpan.FromSeconds(30),
        };
    }

    public static MemberPlan Redis(Servers servers, int port) => RedisServer.Plan(Installed.RedisServer!, port, "always", servers.Folder);

    private static async Task<string?> HealthAsync(int port, CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{port}/health"), stop).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? null : "not ready";
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return "no answer";
        }
    }
}
