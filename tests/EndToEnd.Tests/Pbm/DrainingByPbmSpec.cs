using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Pbm;

public sealed class DrainingByPbmSpec(ITestOutputHelper log)
{
    [Fact]
    public async Task A_node_is_drained_tells_how_far_it_is_and_stays_until_it_is_stopped()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var (socket, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        await using var drain = PbmProcess.Start(node, "node drain --deadline 10s --json");

        Assert.Equal("drain", (await socket.ReadAsync("reconnect")).Text("reason"));
        await drain.SaysAsync("\"event\":\"draining\"");
        await socket.DisposeAsync();
        await drain.SaysAsync("\"event\":\"drained\"");
        Assert.Equal(0, await drain.ExitAsync());

        Assert.Equal((503, 200), (await node.Backend.HealthAsync("ready"), await node.Backend.HealthAsync("live")));
        Assert.True((await PbmProcess.RunAsync(node, "node status --json", log)).Json.GetProperty("draining").GetBoolean());
        node.Send(Signal.Terminate);
        Assert.Equal(0, await node.ExitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_stop_is_followed_to_its_end()
    {
        await using var node = await NodeProcess.StartAsync(log);
        await using var tail = PbmProcess.Start(node, "log tail");
        await tail.SaysAsync("message");

        node.Send(Signal.Terminate);

        Assert.Equal(1, await tail.ExitAsync());
        // Not before the drain is done, which it tells of.
        Assert.Contains("DrainRoutine", tail.Text, StringComparison.Ordinal);
        Assert.Contains("stops.", tail.Text, StringComparison.Ordinal);
        Assert.Equal(0, await node.ExitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_token_is_asked_for()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Pbm:Token", "hush"));

        Assert.Equal(2, (await PbmProcess.RunAsync(node, "node status")).Status);
        Assert.Equal(2, (await PbmProcess.RunAsync(node, "node status --token hash")).Status);
        Assert.Equal(0, (await PbmProcess.RunAsync(node, "node status --token hush")).Status);
        Assert.DoesNotContain("hush", (await PbmProcess.RunAsync(node, "node config --token hush")).Out, StringComparison.Ordinal);
    }
}
