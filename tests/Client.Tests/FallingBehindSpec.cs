using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class FallingBehindSpec
{
    private static AkkaSocketsClientOptions Options(Uri url, TimeProvider time) => new()
    {
        Url = url,
        DevelopmentUser = "alice",
        Device = "phone",
        TimeProvider = time,
        Jitter = () => 0,
        IncomingCapacity = 4,
    };

    [Fact]
    public async Task A_slow_consumer_gets_everything_in_order()
    {
        await using var rig = await Rig.StartAsync(Options);
        var socket = await rig.ConnectAsync();
        for (var seq = 1; seq <= 100; seq++) await socket.MessageAsync(seq);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        for (var seq = 1; seq <= 100; seq++) Assert.Equal(seq, (await messages.NextAsync()).Seq);
        Assert.False(rig.Server.HasVisit);
    }

    [Fact]
    public async Task A_consumer_that_waits_for_its_own_sends_does_not_wait_for_itself()
    {
        await using var rig = await Rig.StartAsync(Options);
        var socket = await rig.ConnectAsync();
        for (var seq = 1; seq <= 20; seq++) await socket.MessageAsync(seq);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        for (var seq = 1; seq <= 20; seq++)
        {
            Assert.Equal(seq, (await messages.NextAsync()).Seq);
            await rig.Client.SendOverAsync(socket);
        }
    }

    [Fact]
    public async Task Past_the_bound_messages_are_let_go_of_and_asked_for_again()
    {
        await using var rig = await Rig.StartAsync(Options);
        var socket = await rig.ConnectAsync();
        var send = rig.Client.SendAsync("bob", "1"u8.ToArray());
        var frame = await socket.FrameAsync();
        for (var seq = 1; seq <= 50; seq++) await socket.MessageAsync(seq);
        await socket.OkAsync(frame, 1);
        await send.Within();

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        for (var seq = 1; seq <= 32; seq++) Assert.Equal(seq, (await messages.NextAsync()).Seq);
        Assert.Equal(ReconnectReason.Overflow, (await rig.ReconnectingAsync()).Reason);
        var visit = await rig.Server.VisitAsync();
        Assert.Equal("e1/32", visit.Asked);
        var second = await visit.AcceptAsync();
        await second.ReadyAsync(seq: 32);
        for (var seq = 33; seq <= 50; seq++) await second.MessageAsync(seq);
        for (var seq = 33; seq <= 50; seq++) Assert.Equal(seq, (await messages.NextAsync()).Seq);
    }
}
