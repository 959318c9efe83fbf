using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class OpeningSpec(OpeningSpec.Shared shared, ITestOutputHelper log) : SharedNodeSpec(shared, log), IClassFixture<OpeningSpec.Shared>
{
    [Fact]
    public async Task Ready_tells_a_new_user_where_its_empty_log_is()
    {
        var (_, ready) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=phone");
        Assert.Equal((User, "phone"), (ready.Text("user"), ready.Text("device")));
        Assert.Equal((0, 0, 1), (ready.Number("seq"), ready.Number("head"), ready.Number("first")));
        Assert.Equal((false, false), (ready.Flag("resumed"), ready.Flag("gap")));
        Assert.Equal($"127.0.0.1:{Node["Cluster:Port"]}", ready.Text("node"));
        Assert.NotEmpty(ready.Text("epoch"));
        Assert.False(ready.Has("url"));
        Assert.Equal("type", ready.EnumerateObject().First().Name);
    }

    [Fact]
    public async Task A_token_comes_by_header_by_query_or_in_an_open_frame()
    {
        var token = Tokens.For(User);
        var byHeader = await RawSocket.OpenAsync(Node, new Upgrade("?device=a").WithToken(token));
        Assert.Equal((User, "a"), Names(await byHeader.ReadAsync("ready")));
        var byQuery = await RawSocket.OpenAsync(Node, $"?device=b&access_token={token}");
        Assert.Equal((User, "b"), Names(await byQuery.ReadAsync("ready")));
        var byFrame = await RawSocket.OpenAsync(Node);
        Assert.Equal(1, (await byFrame.ReadAsync("hello")).Number("v"));
        await byFrame.SendAsync($$"""{"type":"open","token":"{{token}}","device":"c"}""");
        Assert.Equal((User, "c"), Names(await byFrame.ReadAsync("ready")));
    }

    [Fact]
    public async Task A_device_without_a_name_gets_one()
    {
        var (_, first) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        var (_, second) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        Assert.StartsWith("~", first.Text("device"));
        Assert.StartsWith("~", second.Text("device"));
        Assert.NotEqual(first.Text("device"), second.Text("device"));
    }

    [Fact]
    public async Task Before_open_a_ping_is_answered_and_a_send_is_a_bad_frame()
    {
        var socket = await RawSocket.OpenAsync(Node);
        await socket.ReadAsync("hello");
        await socket.SendAsync("""{"type":"ping"}""");
        await socket.ReadAsync("pong");
        await socket.SendAsync(FrameText.Send("bob", "early"));
        Assert.Equal("bad-frame", (await socket.ReadAsync("err")).Text("code"));
        await socket.SendAsync($$"""{"type":"open","token":"{{Tokens.For(User)}}"}""");
        await socket.ReadAsync("ready");
    }

    [Fact]
    public async Task A_resume_in_an_open_frame_goes_on_from_there()
    {
        var (_, ready) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=keeps");
        for (var i = 1; i <= 3; i++) await Node.Backend.PublishAsync(User, $"{i}");
        var socket = await RawSocket.OpenAsync(Node, "?device=phone");
        await socket.ReadAsync("hello");
        await socket.SendAsync($$$"""{"type":"open","token":"{{{Tokens.For(User)}}}","resume":{"epoch":"{{{ready.Text("epoch")}}}","seq":2}}""");
        var resumed = await socket.ReadAsync("ready");
        Assert.Equal((2, 3, true, "phone"), (resumed.Number("seq"), resumed.Number("head"), resumed.Flag("resumed"), resumed.Text("device")));
        Assert.Equal(3, (await socket.ReadAsync("msg")).Number("seq"));
    }

    [Fact]
    public async Task Another_epoch_and_a_position_above_the_head_are_not_resumed()
    {
        var (_, ready) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=keeps");
        await Node.Backend.PublishAsync(User, "1");
        var (_, other) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=a&epoch=other&seq=1");
        Assert.Equal((false, 0), (other.Flag("resumed"), other.Number("seq")));
        var (_, above) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=b&epoch={ready.Text("epoch")}&seq=7");
        Assert.False(above.Flag("resumed"));
        // A client that has more than the log proves that the log lost its tail: another life begins.
        Assert.NotEqual(ready.Text("epoch"), above.Text("epoch"));
    }

    [Fact]
    public async Task A_device_never_seen_starts_at_the_oldest_message()
    {
        await RawSocket.ReadyAsync(Node, $"?user={User}&device=keeps");
        for (var i = 1; i <= 2; i++) await Node.Backend.PublishAsync(User, $"{i}");
        var (socket, ready) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=new");
        Assert.Equal((false, 0, 1, 2), (ready.Flag("resumed"), ready.Number("seq"), ready.Number("first"), ready.Number("head")));
        Assert.Equal((1, 2), ((await socket.ReadAsync("msg")).Number("seq"), (await socket.ReadAsync("msg")).Number("seq")));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("akkasockets.v1.json", "akkasockets.v1.json")]
    [InlineData("other, akkasockets.v1.json", "akkasockets.v1.json")]
    public async Task The_subprotocol_is_named_where_it_was_offered(string? offered, string? chosen)
    {
        var upgrade = new Upgrade($"?user={User}");
        if (offered is not null) upgrade.With("Sec-WebSocket-Protocol", offered);
        var socket = await RawSocket.OpenAsync(Node, upgrade);
        Assert.Equal(chosen, socket.Answer.Headers.GetValueOrDefault("Sec-WebSocket-Protocol"));
        Assert.Equal(Upgrade.Accept, socket.Answer.Headers["Sec-WebSocket-Accept"]);
        Assert.False(socket.Answer.Headers.ContainsKey("Sec-WebSocket-Extensions"));
        await socket.ReadAsync("ready");
    }

    private static (string User, string Device) Names(JsonElement ready) => (ready.Text("user"), ready.Text("device"));

    public sealed class Shared() : SharedNode;
}
