using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class ComingBackSpec
{
    [Theory]
    [InlineData(1000)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    [InlineData(4001)]
    [InlineData(4002)]
    [InlineData(4003)]
    [InlineData(4004)]
    public async Task Closes_below_4500_resume(int code)
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        await socket.MessageAsync(1);
        await socket.CloseAsync(code, "so it goes");

        var told = await rig.ReconnectingAsync();
        Assert.Equal((ReconnectReason.Closed, code, "so it goes", 0), (told.Reason, told.CloseCode, told.Detail, told.Attempt));
        var visit = await rig.Server.VisitAsync();
        Assert.Equal("e1/1", visit.Asked);
        socket = await visit.AcceptAsync();
        await socket.ReadyAsync(seq: 1);
        await socket.MessageAsync(2);

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(1, (await messages.NextAsync()).Seq);
        Assert.Equal(2, (await messages.NextAsync()).Seq);
    }

    [Fact]
    public async Task A_broken_connection_resumes()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync(seq: 5);
        socket.Abort();

        Assert.Equal(CloseCodes.Abnormal, (await rig.ReconnectingAsync()).CloseCode);
        Assert.Equal("5", (await rig.Server.VisitAsync()).Query["seq"]);
    }

    [Theory]
    [InlineData(4500)]
    [InlineData(4501)]
    [InlineData(4502)]
    [InlineData(4503)]
    [InlineData(4504)]
    public async Task Closes_from_4500_end_it_behind_the_last_message(int code)
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        var send = rig.Client.SendAsync("bob", "1"u8.ToArray());
        await socket.FrameAsync("send");
        await socket.MessageAsync(1);
        await socket.CloseAsync(code, "no more");

        await using var messages = rig.Client.Messages().GetAsyncEnumerator();
        Assert.Equal(1, (await messages.NextAsync()).Seq);
        var stopped = await Assert.ThrowsAsync<ClientStoppedException>(() => messages.MoveNextAsync().AsTask().Within());
        Assert.Equal(code, stopped.CloseCode);
        Assert.Contains("no more", stopped.Message);
        await Assert.ThrowsAsync<ClientStoppedException>(() => send.Within());
        await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.SendAsync("bob", "1"u8.ToArray()).Within());
        await Assert.ThrowsAsync<ClientStoppedException>(() => rig.Client.Completion.Within());
        Assert.Equal(ClientState.Stopped, rig.Client.State);
    }

    [Fact]
    public async Task Failures_are_counted_until_a_socket_stays()
    {
        await using var rig = await Rig.StartAsync();
        var socket = await rig.ConnectAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await socket.CloseAsync(1011);
            Assert.Equal(attempt, (await rig.ReconnectingAsync()).Attempt);
            socket = await rig.Server.ReadyAsync();
            await rig.Client.SendOverAsync(socket);
        }

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        await socket.CloseAsync(1011);

        Assert.Equal(0, (await rig.ReconnectingAsync()).Attempt);
    }

    [Fact]
    public async Task The_wait_is_kept()
    {
        await using var rig = await Rig.StartAsync((url, time) => new AkkaSocketsClientOptions
        {
            Url = url,
            DevelopmentUser = "alice",
            TimeProvider = time,
            Jitter = () => 0.5,
        });
        var socket = await rig.ConnectAsync();
        await socket.CloseAsync(1013);
        Assert.Equal(TimeSpan.FromMilliseconds(500), (await rig.ReconnectingAsync()).Delay);

        rig.Time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(rig.Server.HasVisit);
        rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        await rig.Server.VisitAsync();
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "3", 3)]
    [InlineData(503, null, 0)]
    [InlineData(503, "Wed, 01 Jan 2020 00:00:10 GMT", 10)]
    [InlineData(503, "Wed, 01 Jan 2014 00:00:00 GMT", 0)]
    [InlineData(429, "999999", 600)]
    public async Task Retry_after_is_honoured(int status, string? retryAfter, int seconds)
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        await (await rig.Server.VisitAsync()).RefuseAsync(status, retryAfter);

        var told = await rig.ReconnectingAsync();
        Assert.Equal((ReconnectReason.Refused, status), (told.Reason, (int)told.StatusCode!.Value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), told.Delay);
        rig.Time.Advance(TimeSpan.FromSeconds(seconds));

        await rig.Server.ReadyAsync();
        await start.Within();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Refusals_that_no_waiting_mends_end_it_with_the_servers_words(int status)
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        await (await rig.Server.VisitAsync()).RefuseAsync(status, title: "Bad device", detail: "too long");

        var stopped = await Assert.ThrowsAsync<ClientStoppedException>(() => start.Within());
        Assert.Equal(status, (int)stopped.StatusCode!.Value);
        Assert.Contains("Bad device: too long", stopped.Message);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task Other_refusals_are_waited_out(int status)
    {
        await using var rig = await Rig.StartAsync();
        var start = rig.Client.StartAsync();
        await (await rig.Server.VisitAsync()).RefuseAsync(status);
        await rig.Server.ReadyAsync();
        await start.Within();
    }
}
