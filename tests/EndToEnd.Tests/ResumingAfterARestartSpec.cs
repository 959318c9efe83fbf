using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class ResumingAfterARestartSpec(ITestOutputHelper log)
{
    private static readonly TimeSpan DrainAndStop = TimeSpan.FromSeconds(25 + 15);

    [Fact]
    public async Task A_client_that_resumes_after_a_restart_gets_exactly_what_it_missed()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice&device=laptop");
        var (bob, ready) = await RawSocket.ReadyAsync(node, "?user=bob&device=phone");

        await alice.SendAsync(FrameText.Send("bob", "m-1", """{"text":"seen"}"""));
        var ok = await alice.ReadAsync("ok");
        Assert.Equal(("m-1", 1, false), (ok.Text("id"), ok.Number("seq"), ok.Flag("dup")));
        var seen = await bob.ReadAsync("msg");
        Assert.Equal((1, "m-1", "alice", """{"text":"seen"}"""), (seen.Number("seq"), seen.Text("id"), seen.Text("from"), seen.Data()));
        await bob.CloseAsync();
        foreach (var id in (string[])["m-2", "m-3"])
        {
            await alice.SendAsync(FrameText.Send("bob", id));
            Assert.Equal(id, (await alice.ReadAsync("ok")).Text("id"));
        }
        await alice.CloseAsync();

        node.Send(Signal.Interrupt);
        Assert.Equal(0, await node.ExitAsync(DrainAndStop));
        await node.StartAsync();

        var (again, resumed) = await RawSocket.ReadyAsync(node, $"?user=bob&device=phone&epoch={ready.Text("epoch")}&seq=1");
        Assert.Equal((ready.Text("epoch"), 1, 3, true, false),
            (resumed.Text("epoch"), resumed.Number("seq"), resumed.Number("head"), resumed.Flag("resumed"), resumed.Flag("gap")));
        foreach (var (seq, id) in ((long, string)[])[(2, "m-2"), (3, "m-3")])
        {
            var missed = await again.ReadAsync("msg");
            Assert.Equal((seq, id), (missed.Number("seq"), missed.Text("id")));
        }
        await AssertSilentAsync(again);
    }

    [Fact]
    public async Task A_device_without_a_position_goes_on_after_its_last_ack()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var (bob, _) = await RawSocket.ReadyAsync(node, "?user=bob&device=phone");
        for (var seq = 1; seq <= 3; seq++)
        {
            await node.Backend.PublishAsync("bob", $"{seq}");
            Assert.Equal(seq, (await bob.ReadAsync("msg")).Number("seq"));
        }
        await bob.SendAsync("""{"type":"ack","seq":2}""");
        await AssertSilentAsync(bob);
        await bob.CloseAsync();

        node.Send(Signal.Terminate);
        Assert.Equal(0, await node.ExitAsync(DrainAndStop));
        await node.StartAsync();

        var (again, resumed) = await RawSocket.ReadyAsync(node, "?user=bob&device=phone");
        Assert.Equal((2, 3, true), (resumed.Number("seq"), resumed.Number("head"), resumed.Flag("resumed")));
        Assert.Equal(3, (await again.ReadAsync("msg")).Number("seq"));
    }

    /// <summary>The answer to a ping comes behind whatever was on its way.</summary>
    private static async Task AssertSilentAsync(RawSocket socket)
    {
        await socket.SendAsync("""{"type":"ping"}""");
        await socket.ReadAsync("pong");
    }
}
