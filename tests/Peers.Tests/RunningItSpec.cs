using System.Text.Json;
using AkkaSockets.Peers.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.Peers.Tests;

/// <summary>The program itself, with real servers of all kinds, few sockets and little time.</summary>
public sealed class RunningItSpec(ITestOutputHelper log)
{
    [PeersFact]
    public async Task It_measures_everybody_and_finds_nothing_lost()
    {
        using var peers = new PeersProcess(log, "--short", "--json", "--scenario", "idle", "unicast", "durable");
        var (status, output) = await peers.EndAsync();

        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, 0), (status, report.GetProperty("lost").GetInt64()));
        Assert.True(report.GetProperty("acknowledged").GetInt64() > 0);
        var figures = report.GetProperty("figures").EnumerateArray()
            .Where(figure => figure.GetProperty("median").ValueKind == JsonValueKind.Number)
            .Select(figure => $"{figure.GetProperty("contender")} {figure.GetProperty("metric")}").ToHashSet();
        foreach (var contender in (string[])["akkasockets", "signalr", "ws", "floor"])
            Assert.Superset(new HashSet<string> { $"{contender} idle.bytes", $"{contender} idle.accepts", $"{contender} unicast.low.p99", $"{contender} unicast.high.cpu" }, figures);
        Assert.Contains("akkasockets durable.low.p99", figures);
        Assert.True(peers.LeftNothing, "everything that it made is gone");
    }

    [PeersFact]
    public async Task Stopped_in_the_middle_it_ends_its_servers_and_leaves_nothing()
    {
        using var peers = new PeersProcess(log, "--short", "--scenario", "idle", "unicast", "--contender", "akkasockets", "--rounds", "100");
        await peers.SaysAsync("unicast");
        var servers = await peers.ServersAsync();
        peers.Terminate();
        var (status, _) = await peers.EndAsync();

        Assert.Equal(130, status);
        Assert.True(servers.Count >= 4, $"{servers.Count} servers ran");
        Assert.All(servers, pid => Assert.False(Directory.Exists($"/proc/{pid}"), $"{pid} still runs"));
        Assert.True(peers.LeftNothing, "everything that it made is gone");
    }

    [PeersFact]
    public async Task What_is_not_installed_is_one_line_that_says_what_to_install()
    {
        using var peers = new PeersProcess(log, ["--short"], path: "/nowhere");
        var (status, _) = await peers.EndAsync();
        Assert.Equal(2, status);
        var line = Assert.Single(peers.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("apt-get install redis-server", line);
        Assert.Contains("apt-get install nodejs npm", line);
    }
}
