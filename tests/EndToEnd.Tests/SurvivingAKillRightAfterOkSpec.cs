using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class SurvivingAKillRightAfterOkSpec(ITestOutputHelper log)
{
    private const int Kills = 5;

    [Fact]
    public async Task A_message_is_there_after_a_kill_that_follows_its_ok_at_once()
    {
        await using var node = await NodeProcess.StartAsync(log);
        for (var round = 1; round <= Kills; round++)
        {
            var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice");
            await alice.SendAsync(FrameText.Send("bob", $"m-{round}", $"{round}"));
            Assert.Equal(round, (await alice.ReadAsync("ok")).Number("seq"));
            await node.KillAsync();
            await node.StartAsync();

            // The epoch is as durable as the messages.
            var (bob, ready) = await RawSocket.ReadyAsync(node, $"?user=bob&device=device-{round}");
            Assert.Equal((round, 1), (ready.Number("head"), ready.Number("first")));
            for (var seq = 1; seq <= round; seq++)
            {
                var message = await bob.ReadAsync("msg");
                Assert.Equal((seq, $"m-{seq}", $"{seq}"), (message.Number("seq"), message.Text("id"), message.Data()));
            }
            await bob.CloseAsync();
        }

        // What was acknowledged is known as such, so a repeat is none.
        var (again, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        await again.SendAsync(FrameText.Send("bob", "m-1", "1"));
        var ok = await again.ReadAsync("ok");
        Assert.Equal((1, true), (ok.Number("seq"), ok.Flag("dup")));
    }
}
