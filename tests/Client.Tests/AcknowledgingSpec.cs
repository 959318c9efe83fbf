using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class AcknowledgingSpec
{
    private static AkkaSocketsClientOptions Options(
        Uri url, TimeProvider time, IPositionStore? positions = null, int count = 3, bool auto = true) => new()
        {
            Url = url,
            DevelopmentUser = "alice",
            Device = "phone",
            TimeProvider = time,
            Jitter = () => 0,
            AcknowledgeCount = count,
            AutoAcknowledge = auto,
            Positions = positions,
        };

    [Fact]
    public async Task Handled_messages_are_acknowledged_by_the_batch()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time));
        var socket = await rig.ConnectAsync();
        for (var seq = 1; seq <= 7; seq++) await socket.MessageAsync(seq);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        for (var taken = 1; taken <= 7; taken++) await messages.NextAsync();

        Assert.Equal(3, (await socket.FrameAsync()).Number("seq"));
        Assert.Equal(6, (await socket.FrameAsync()).Number("seq"));
    }

    [Fact]
    public async Task A_batch_that_does_not_fill_goes_after_the_interval()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time));
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await messages.NextAsync();
        var next = messages.MoveNextAsync();

        rig.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await socket.FrameAsync()).Number("seq"));
        await socket.MessageAsync(2);
        Assert.True(await next.AsTask().Within());
    }

    [Fact]
    public async Task What_is_in_hand_is_not_acknowledged()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, count: 1));
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await socket.MessageAsync(2);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await messages.NextAsync();
        await messages.NextAsync();

        await rig.Client.FlushAsync().Within();

        Assert.Equal(1, (await socket.FrameAsync()).Number("seq"));
        await rig.Client.SendOverAsync(socket);
    }

    [Fact]
    public async Task By_hand_it_is_what_the_consumer_says()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, auto: false));
        var socket = await rig.ConnectAsync();
        for (var seq = 1; seq <= 3; seq++) await socket.MessageAsync(seq);
        await socket.MessageAsync(null);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await messages.NextAsync();
        var second = await messages.NextAsync();
        await messages.NextAsync();
        var ephemeral = await messages.NextAsync();

        rig.Client.Acknowledge(second);
        rig.Client.Acknowledge(ephemeral);
        await rig.Client.FlushAsync().Within();

        Assert.Equal(2, (await socket.FrameAsync()).Number("seq"));
    }

    [Fact]
    public async Task After_a_broken_connection_it_is_said_again()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, count: 1));
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await messages.NextAsync();
        rig.Client.Acknowledge(messages.Current);
        Assert.Equal(1, (await socket.FrameAsync()).Number("seq"));
        socket.Abort();

        socket = await rig.Server.ReadyAsync(seq: 1);
        await rig.Client.SendOverAsync(socket);
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await socket.FrameAsync("ack")).Number("seq"));
    }

    [Fact]
    public async Task An_error_without_an_id_makes_it_say_it_again()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time, count: 1));
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        await messages.NextAsync();
        rig.Client.Acknowledge(messages.Current);
        await socket.FrameAsync("ack");

        await socket.SendAsync(new { type = "err", code = "rate-limited", message = "", retry = true, retryAfterMs = 50 });
        Assert.Equal("rate-limited", Assert.IsType<SendFailedException>(await rig.ErrorAsync()).Code);
        rig.Time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(1, (await socket.FrameAsync("ack")).Number("seq"));
    }

    [Fact]
    public async Task The_last_ones_are_acknowledged_on_the_way_out()
    {
        await using var rig = await Rig.StartAsync((url, time) => Options(url, time));
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await using (var messages = rig.Client.Messages().GetAsyncEnumerator())
        {
            rig.Client.Acknowledge(await messages.NextAsync());
        }

        await rig.Client.DisposeAsync().AsTask().Within();

        Assert.Equal(1, (await socket.FrameAsync("ack")).Number("seq"));
        Assert.Equal(1000, await socket.Closed);
    }
}
