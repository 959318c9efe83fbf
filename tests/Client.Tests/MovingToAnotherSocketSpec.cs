using System.Net.WebSockets;
using System.Text.Json;
using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class MovingToAnotherSocketSpec
{
    [Fact]
    public async Task The_old_socket_serves_until_the_new_one_is_ready()
    {
        await using var rig = await Rig.StartAsync();
        var old = await rig.ConnectAsync();
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await old.MessageAsync(1);
        await messages.NextAsync();

        await old.ReconnectAsync(delayMs: 1830);
        var told = await rig.ReconnectingAsync();
        Assert.Equal((ReconnectReason.Asked, "rebalance"), (told.Reason, told.Detail));
        Assert.Equal(TimeSpan.FromMilliseconds(1830), told.Delay);
        Assert.False(rig.Server.HasVisit);

        rig.Time.Advance(TimeSpan.FromMilliseconds(1830));
        var visit = await rig.Server.VisitAsync();
        Assert.Equal("e1/1", visit.Asked);
        var young = await visit.AcceptAsync();

        // Accepted, not ready: messages and sends still go over the old one.
        await old.MessageAsync(2);
        Assert.Equal(2, (await messages.NextAsync()).Seq);
        var send = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var sent = await old.FrameAsync("send");

        await young.ReadyAsync(seq: 1);
        await young.MessageAsync(2);
        await young.MessageAsync(3);
        Assert.Equal(3, (await messages.NextAsync()).Seq);
        Assert.Equal(1000, await old.Closed);

        // What had no answer is said again over the new one, as it was.
        var again = await young.FrameAsync("send");
        Assert.Equal(sent.GetRawText(), again.GetRawText());
        await young.OkAsync(again, 12, dup: true);
        Assert.Equal(new SendResult(sent.Text("id")!, 12, true), await send.Within());
        Assert.Equal(ClientState.Connected, rig.Client.State);
        Assert.False(rig.HasGap);
    }

    [Fact]
    public async Task An_old_socket_that_ends_the_moment_the_new_one_is_ready_leaves_the_client_connected()
    {
        // Many at a time, so that threads lose their turns in the worst places.
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => MoveAsync(100)));

        static async Task MoveAsync(int times)
        {
            await using var rig = await Rig.StartAsync();
            var last = ClientState.New;
            rig.Client.StateChanged += (_, change) => last = change.Current;
            var old = await rig.ConnectAsync();
            while (times-- > 0)
            {
                await old.ReconnectAsync();
                var young = await (await rig.Server.VisitAsync()).AcceptAsync();
                await Task.WhenAll(young.ReadyAsync(), EndAsync(old));
                await rig.Client.SendOverAsync(young);
                await old.Closed;
                await Waiting.UntilAsync(() => (rig.Client.State, last) == (ClientState.Connected, ClientState.Connected));
                old = young;
            }
        }

        static async Task EndAsync(ServerSocket socket)
        {
            try
            {
                await socket.CloseAsync(4503);
            }
            catch (WebSocketException)
            {
                // The client has closed it by now, as it does once the new one is ready.
            }
        }
    }

    [Fact]
    public async Task The_direct_address_is_taken()
    {
        await using var rig = await Rig.StartAsync();
        await using var other = await FakeServer.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync(url: other.Url.AbsoluteUri);

        var young = await other.ReadyAsync();

        Assert.Equal(1000, await old.Closed);
        Assert.Equal(other.Url, rig.Client.Session!.ConnectedTo);

        // And after that it comes back through the configured address.
        await young.CloseAsync(1011);
        await rig.Server.ReadyAsync();
    }

    [Theory]
    [InlineData("ws://127.0.0.1:1/ws")]
    [InlineData("ws://nowhere.invalid/ws")]
    [InlineData("nonsense")]
    public async Task A_bad_direct_address_falls_back(string url)
    {
        await using var rig = await Rig.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync(url: url);

        await rig.Server.ReadyAsync();

        Assert.Equal(1000, await old.Closed);
        Assert.Equal(rig.Server.Url, rig.Client.Session!.ConnectedTo);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task A_direct_address_that_refuses_falls_back(int status)
    {
        await using var rig = await Rig.StartAsync();
        await using var other = await FakeServer.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync(url: other.Url.AbsoluteUri);

        await (await other.VisitAsync()).RefuseAsync(status);

        await rig.Server.ReadyAsync();
        Assert.Equal(1000, await old.Closed);
    }

    [Fact]
    public async Task A_direct_address_that_closes_before_ready_falls_back()
    {
        await using var rig = await Rig.StartAsync();
        await using var other = await FakeServer.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync(url: other.Url.AbsoluteUri);

        await (await (await other.VisitAsync()).AcceptAsync()).CloseAsync(1013);

        await rig.Server.ReadyAsync();
        Assert.Equal(1000, await old.Closed);
    }

    [Fact]
    public async Task A_direct_address_that_never_gets_ready_falls_back()
    {
        await using var rig = await Rig.StartAsync();
        await using var other = await FakeServer.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync(url: other.Url.AbsoluteUri);
        var stuck = await (await other.VisitAsync()).AcceptAsync();

        rig.Time.Advance(TimeSpan.FromSeconds(20));

        await rig.Server.ReadyAsync();
        Assert.Equal(1006, await stuck.Closed);
        Assert.Equal(1000, await old.Closed);
    }

    [Fact]
    public async Task When_both_fail_the_old_socket_goes_on()
    {
        await using var rig = await Rig.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync(url: "ws://127.0.0.1:1/ws");
        await (await rig.Server.VisitAsync()).RefuseAsync(403);
        var visit = await rig.Server.VisitAsync();

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await old.MessageAsync(1);
        Assert.Equal(1, (await messages.NextAsync()).Seq);
        var send = rig.Client.SendAsync("bob", "1"u8.ToArray());
        await old.OkAsync(await old.FrameAsync("send"), 3);
        Assert.Equal(3, (await send.Within()).Seq);

        await (await visit.AcceptAsync()).ReadyAsync();
        Assert.Equal(1000, await old.Closed);
        Assert.Equal(ReconnectReason.Asked, (await rig.ReconnectingAsync()).Reason);
        Assert.Equal(ReconnectReason.Refused, (await rig.ReconnectingAsync()).Reason);
    }

    [Fact]
    public async Task Being_replaced_by_oneself_is_no_end()
    {
        await using var rig = await Rig.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync();
        var young = await (await rig.Server.VisitAsync()).AcceptAsync();

        await old.CloseAsync(4503);
        Assert.Equal(1000, await old.Closed);
        await young.ReadyAsync();
        await young.MessageAsync(1);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(1, (await messages.NextAsync()).Seq);
    }

    [Fact]
    public async Task Being_replaced_by_another_is_the_end()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();

        await socket.CloseAsync(4503);

        var stopped = await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.Completion.Within());
        Assert.Equal(CloseCodes.Replaced, stopped.CloseCode);
    }

    [Fact]
    public async Task Being_replaced_while_the_delay_runs_is_the_end()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await socket.ReconnectAsync(delayMs: 2000);
        await rig.ReconnectingAsync();

        await socket.CloseAsync(4503);

        await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.Completion.Within());
    }

    [Fact]
    public async Task Being_removed_while_moving_is_the_end()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await socket.ReconnectAsync();
        await rig.Server.VisitAsync();

        await socket.CloseAsync(4502);

        var stopped = await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.Completion.Within());
        Assert.Equal(CloseCodes.Removed, stopped.CloseCode);
    }

    [Fact]
    public async Task An_old_socket_that_goes_early_does_not_shorten_the_delay()
    {
        await using var rig = await Rig.StartAsync();
        var reconnecting = new TaskCompletionSource();
        rig.Client.StateChanged += (_, e) =>
        {
            if (e.Current == ClientState.Reconnecting) reconnecting.TrySetResult();
        };
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync(delayMs: 1000);
        await rig.ReconnectingAsync();

        old.Abort();
        await reconnecting.Task.Within();
        Assert.False(rig.Server.HasVisit);
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        await rig.Server.ReadyAsync();
    }

    [Fact]
    public async Task What_both_sockets_bring_comes_once()
    {
        await using var rig = await Rig.StartAsync();
        var old = await rig.ConnectAsync();
        await old.ReconnectAsync();
        var young = await (await rig.Server.VisitAsync()).AcceptAsync();
        foreach (var seq in new[] { 1, 2, 3 }) await old.MessageAsync(seq);
        await young.ReadyAsync(seq: 0);
        foreach (var seq in new[] { 1, 2, 3, 4, 5 }) await young.MessageAsync(seq);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        foreach (var seq in new[] { 1, 2, 3, 4, 5 }) Assert.Equal(seq, (await messages.NextAsync()).Seq);
    }

    [Fact]
    public async Task Moving_again_and_again_leaves_one_socket()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        for (var move = 0; move < 5; move++)
        {
            await socket.ReconnectAsync();
            var next = await rig.Server.ReadyAsync();
            Assert.Equal(1000, await socket.Closed);
            socket = next;
        }

        var send = rig.Client.SendAsync("bob", JsonSerializer.SerializeToUtf8Bytes("x"));
        await socket.OkAsync(await socket.FrameAsync("send"), 1);
        await send.Within();
    }
}
