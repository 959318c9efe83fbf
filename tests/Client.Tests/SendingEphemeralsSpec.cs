using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class SendingEphemeralsSpec
{
    [Fact]
    public async Task Completes_with_the_number_of_sockets()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var send = rig.Client.SendEphemeralAsync("bob", "1"u8.ToArray());
        var frame = await socket.FrameAsync();
        Assert.True(frame.GetProperty("ephemeral").GetBoolean());

        await socket.SendAsync(new { type = "ok", id = frame.Text("id"), sockets = 2 });

        Assert.Equal(2, await send.Within());
    }

    [Fact]
    public async Task Is_never_said_again()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var send = rig.Client.SendEphemeralAsync("bob", "1"u8.ToArray());
        await socket.FrameAsync();
        await socket.CloseAsync(1012);

        await Assert.ThrowsAsync<ConnectionLostException>(() => send.Within());
        socket = await rig.Server.ReadyAsync();
        await rig.Client.SendOverAsync(socket);
    }

    [Fact]
    public async Task Any_error_is_final()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var send = rig.Client.SendEphemeralAsync("bob", "1"u8.ToArray());
        await socket.ErrAsync(await socket.FrameAsync(), "rate-limited", retry: true, retryAfterMs: 10);

        var failed = await Assert.ThrowsAsync<SendFailedException>(() => send.Within());
        Assert.True(failed.Retry);
    }

    [Fact]
    public async Task Needs_a_connection()
    {
        await using var rig = await Rig.StartAsync();
        await Assert.ThrowsAsync<ConnectionLostException>(() => rig.Client.SendEphemeralAsync("bob", "1"u8.ToArray()));
    }

    [Fact]
    public async Task Can_be_cancelled()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        var send = rig.Client.SendEphemeralAsync("bob", "1"u8.ToArray(), cancellation.Token);
        await socket.FrameAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.Within());
    }
}
