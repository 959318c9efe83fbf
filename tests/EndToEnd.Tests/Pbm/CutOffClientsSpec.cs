using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

/// <summary>Operators who are gone and whose end nobody tells the node: it asks them with HTTP/2's pings (RFC 9113 §6.7), since what they follow may have nothing to say.</summary>
[Collection(Outages.Name)]
public sealed class CutOffClientsSpec(ITestOutputHelper log)
{
    private const string Token = "hush";

    // A ping after 15 s without a word, and 15 s for its answer.
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(180);

    [NetworkFact]
    public async Task A_client_whose_link_is_cut_is_forgotten()
    {
        await using var network = await Network.CreateAsync(2);
        var (home, away) = (network.Hosts[0], network.Hosts[1]);
        await using var node = new NodeProcess(log, ("Cluster:Host", home.Address), ("Cluster:Port", 4054), ("Listen:Pbm", $"{home.Address}:9110"), ("Pbm:Token", Token)) { Through = home.Through };
        await node.StartAsync();
        using var watcher = new AdminCaller(node, Token);
        using var client = new AdminCaller(node, Token, away.ConnectAsync);
        using var tail = client.Begin("cluster tail");
        await tail.SaysAsync("MemberUp");
        Assert.Equal(1, await watcher.CountCommandsAsync());

        await network.UnplugAsync(away);

        await Eventually.TrueAsync(async () => await watcher.CountCommandsAsync() == 0, "the client is forgotten", Noticed);
        Assert.Empty(node.Output.Faults);
    }

    [Fact]
    public async Task A_client_that_stands_still_is_forgotten_and_finds_out_when_it_goes_on()
    {
        await using var node = await NodeProcess.StartAsync(log);
        using var watcher = new AdminCaller(node);
        await using var client = PbmProcess.Start(node, "cluster tail");
        await client.SaysAsync("MemberUp");
        Assert.Equal(1, await watcher.CountCommandsAsync());

        client.Send(Signal.Stop);
        await Eventually.TrueAsync(async () => await watcher.CountCommandsAsync() == 0, "the client is forgotten", Noticed);
        client.Send(Signal.Continue);

        Assert.Equal(1, await client.ExitAsync());
        Assert.True(client.Text.Contains("pbm: ", StringComparison.Ordinal), $"It ended without a word: {client.Text}");
        Assert.Empty(node.Output.Faults);
    }
}
