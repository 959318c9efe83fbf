using System.Net;
using AkkaSockets.EndToEnd.Tests.Harness;
using AkkaSockets.EndToEnd.Tests.Sockets;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

/// <summary>The store is held up by a transaction of another process, so that no write of the node's gets through.</summary>
public sealed class WithoutTheStoreSpec(ITestOutputHelper log)
{
    [Fact]
    public async Task While_the_store_is_held_up_durable_sends_are_unavailable_and_when_it_is_back_a_repeat_is_stored_once()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Delivery:DeadlineMs", 3000));
        var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        var (bob, _) = await RawSocket.ReadyAsync(node, "?user=bob");

        await using (await HeldStore.HoldAsync(node))
        {
            await alice.SendAsync(FrameText.Send("bob", "m"));
            ErrorCodesSpec.AssertError(await alice.ReadAsync(), "unavailable", "m", retry: true);

            var answer = await node.Backend.AskAsync(HttpMethod.Post, BackendClient.MessagesOf("carol"), BackendClient.Body("1", "p", ephemeral: false));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.InRange(answer.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

            await alice.SendAsync("""{"type":"send","to":"bob","data":2,"ephemeral":true}""");
            Assert.Equal(1, (await alice.ReadAsync("ok")).Number("sockets"));
            Assert.Equal("2", (await bob.ReadAsync("msg")).Data());
        }

        await Eventually.TrueAsync(async () =>
        {
            await alice.SendAsync(FrameText.Send("bob", "m"));
            return (await alice.ReadAsync()).Text("type") == "ok";
        }, "the repeat is stored");
        var message = await bob.ReadAsync("msg");
        Assert.Equal((1, "m"), (message.Number("seq"), message.Text("id")));
        Assert.Equal(1, (await node.Backend.DescribeAsync("bob")).Number("head"));
        await Eventually.TrueAsync(async () => (await node.Backend.AskAsync(
            HttpMethod.Post, BackendClient.MessagesOf("carol"), BackendClient.Body("1", "p", ephemeral: false))).Status == HttpStatusCode.Created, "the repeat is stored");
        Assert.Equal(1, (await node.Backend.DescribeAsync("carol")).Number("head"));
    }

    [Fact]
    public async Task A_new_user_whose_log_can_not_be_written_is_closed_with_1013_and_one_that_is_attached_stays()
    {
        await using var node = await NodeProcess.StartAsync(log, ("Delivery:DeadlineMs", 3000));
        var (bob, _) = await RawSocket.ReadyAsync(node, "?user=bob");
        await using (await HeldStore.HoldAsync(node))
        {
            var stranger = await RawSocket.OpenAsync(node, "?user=stranger");
            var (code, reason, before) = await stranger.ReadCloseAsync();
            Assert.Equal(1013, code);
            Assert.NotEmpty(reason);
            Assert.Empty(before);
            await bob.SendAsync("""{"type":"ping"}""");
            await bob.ReadAsync("pong");
            Assert.Equal(200, await node.Backend.HealthAsync("live"));
        }
        await Eventually.TrueAsync(async () =>
        {
            var again = await RawSocket.OpenAsync(node, "?user=stranger");
            return (await again.ReadFrameAsync()).Opcode == Opcode.Text;
        }, "the stranger is served");
    }
}
