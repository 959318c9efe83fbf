using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests;

public sealed class OrderSpec(ITestOutputHelper log)
{
    private const int Messages = 500;
    private static readonly (string, object?)[] NoRateLimit = [("Limits:FramesPerSecond", 1_000_000), ("Limits:FrameBurst", 1_000_000)];

    [Fact]
    public async Task Sends_of_one_socket_to_one_user_keep_their_order_and_every_device_gets_each()
    {
        await using var node = await NodeProcess.StartAsync(log, NoRateLimit);
        var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        var devices = new List<RawSocket>();
        foreach (var device in (string[])["phone", "laptop"]) devices.Add((await RawSocket.ReadyAsync(node, $"?user=bob&device={device}")).Socket);
        var received = devices.Select(ReadMessagesAsync).ToList();

        for (var i = 1; i <= Messages; i++) await alice.SendAsync(FrameText.Send("bob", $"m-{i}", $"{i}"));
        for (var i = 1; i <= Messages; i++)
        {
            var ok = await alice.ReadAsync("ok");
            Assert.Equal(($"m-{i}", i), (ok.Text("id"), ok.Number("seq")));
        }

        var expected = Enumerable.Range(1, Messages).Select(i => ((long)i, $"m-{i}", $"{i}"));
        foreach (var messages in await Task.WhenAll(received))
            Assert.Equal(expected, messages.Select(message => (message.Number("seq"), message.Text("id"), message.Data())));
    }

    [Fact]
    public async Task A_user_on_two_devices_resumes_each_where_it_was()
    {
        await using var node = await NodeProcess.StartAsync(log);
        var (phone, ready) = await RawSocket.ReadyAsync(node, "?user=bob&device=phone");
        var (laptop, _) = await RawSocket.ReadyAsync(node, "?user=bob&device=laptop");
        await node.Backend.PublishAsync("bob", "1");
        await phone.ReadAsync("msg");
        await phone.CloseAsync();
        await node.Backend.PublishAsync("bob", "2");
        Assert.Equal((1, 2), ((await laptop.ReadAsync("msg")).Number("seq"), (await laptop.ReadAsync("msg")).Number("seq")));
        await laptop.SendAsync("""{"type":"ack","seq":2}""");
        await laptop.CloseAsync();

        var (phoneAgain, _) = await RawSocket.ReadyAsync(node, $"?user=bob&device=phone&epoch={ready.Text("epoch")}&seq=1");
        Assert.Equal(2, (await phoneAgain.ReadAsync("msg")).Number("seq"));
        var (_, laptopReady) = await RawSocket.ReadyAsync(node, "?user=bob&device=laptop");
        Assert.Equal((true, 2, 2), (laptopReady.Flag("resumed"), laptopReady.Number("seq"), laptopReady.Number("head")));
    }

    [Fact]
    public async Task A_device_that_changes_sockets_under_load_gets_each_message_and_the_older_socket_4503()
    {
        await using var node = await NodeProcess.StartAsync(log, NoRateLimit);
        var (alice, _) = await RawSocket.ReadyAsync(node, "?user=alice");
        var (socket, ready) = await RawSocket.ReadyAsync(node, "?user=bob&device=phone");
        for (var i = 1; i <= Messages; i++) await alice.SendAsync(FrameText.Send("bob", $"m-{i}", $"{i}"));

        long last = 0;
        for (var change = 1; change <= 5; change++)
        {
            while (last < change * 50) last = Next(await socket.ReadAsync("msg"), last);
            var (newer, _) = await RawSocket.ReadyAsync(node, $"?user=bob&device=phone&epoch={ready.Text("epoch")}&seq={last}");
            var (code, _, before) = await socket.ReadCloseAsync();
            Assert.Equal(4503, code);
            // What the older one still brought, the newer one repeats.
            var onOld = last;
            foreach (var message in before) onOld = Next(message, onOld);
            socket = newer;
        }
        while (last < Messages) last = Next(await socket.ReadAsync("msg"), last);
    }

    private static long Next(JsonElement message, long last)
    {
        Assert.Equal(last + 1, message.Number("seq"));
        return last + 1;
    }

    private static async Task<List<JsonElement>> ReadMessagesAsync(RawSocket socket)
    {
        var messages = new List<JsonElement>();
        while (messages.Count < Messages) messages.Add(await socket.ReadAsync("msg"));
        return messages;
    }
}
