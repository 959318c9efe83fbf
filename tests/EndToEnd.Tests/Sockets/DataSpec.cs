using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class DataSpec(DataSpec.Shared shared, ITestOutputHelper log) : SharedNodeSpec(shared, log), IClassFixture<DataSpec.Shared>
{
    public static TheoryData<string> Values =>
    [
        "null", "true", "0", "-0", "1E400", "0.10", "123456789012345678901234567890", "\"\"", "\"\\u00e9 é \\/ / \\ud83d\\ude00 😀\"", "\"\\ud800\"",
        "[ ]", "[1 ,2,\t3]", "{ \"b\" : 1, \"a\":{},\"b\":2 }", "{\"type\":\"msg\",\"seq\":9}", new string('[', 2000) + new string(']', 2000), "\"<script>&'+\"",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Data_arrives_byte_for_byte(string data)
    {
        var (alice, _) = await RawSocket.ReadyAsync(Node, $"?user={User}-alice");
        var (bob, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");

        await alice.SendAsync(FrameText.Send(User, "durable", data));
        await AssertOkAsync(alice);
        Assert.Equal(data, await DataAsync(bob));
        await alice.SendAsync($$"""{"data": {{data}} ,"to":"{{User}}","type":"send","ephemeral":true}""");
        await AssertOkAsync(alice);
        Assert.Equal(data, await DataAsync(bob));
        await Node.Backend.PublishAsync(User, data);
        Assert.Equal(data, await DataAsync(bob));
        Assert.Equal(1, await Node.Backend.PublishEphemeralAsync(User, data));
        Assert.Equal(data, await DataAsync(bob));

        await bob.CloseAsync();
        var (again, ready) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=another");
        Assert.Equal(2, ready.Number("head"));
        Assert.Equal(data, await DataAsync(again));
    }

    [Fact]
    public async Task A_message_names_its_sender_and_its_id_and_an_ephemeral_one_has_no_seq()
    {
        var (alice, _) = await RawSocket.ReadyAsync(Node, $"?user={User}-alice");
        var (bob, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await alice.SendAsync($$"""{"type":"send","id":"e","to":"{{User}}","data":1,"ephemeral":true}""");
        var ok = await alice.ReadAsync("ok");
        Assert.Equal(("e", 1, false), (ok.Text("id"), ok.Number("sockets"), ok.Has("seq")));
        var message = await bob.ReadAsync("msg");
        Assert.Equal(("e", $"{User}-alice", false), (message.Text("id"), message.Text("from"), message.Has("seq")));
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(message.Number("ts")), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));

        await Node.Backend.PublishAsync(User, "2", "from-backend");
        var published = await bob.ReadAsync("msg");
        Assert.Equal(("from-backend", 1, false), (published.Text("id"), published.Number("seq"), published.Has("from")));
    }

    [Fact]
    public async Task A_frame_in_parts_with_a_ping_between_is_one_frame()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await socket.SendAsync(new RawFrame(Opcode.Text, [.. "{\"type\":\""u8], IsFinal: false));
        await socket.SendAsync(new RawFrame(Opcode.Ping, [1, 2, 3]));
        var pong = await socket.ReadFrameAsync();
        Assert.Equal(Opcode.Pong, pong.Opcode);
        Assert.Equal([1, 2, 3], pong.Payload);
        await socket.SendAsync(new RawFrame(Opcode.Continuation, [.. "ping\"}"u8]));
        await socket.ReadAsync("pong");
    }

    private static async Task AssertOkAsync(RawSocket socket) => await socket.ReadAsync("ok");

    /// <summary>The bytes of the next message's data; the frame may be deeper than JSON readers take by default.</summary>
    private static async Task<string> DataAsync(RawSocket socket) => (await socket.ReadAsync("msg")).Data();

    public sealed class Shared() : SharedNode;
}
