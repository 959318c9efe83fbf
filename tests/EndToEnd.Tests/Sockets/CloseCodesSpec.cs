using System.Text;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

/// <summary>
/// The close codes that need no waiting. 1012 is in <see cref="DrainingSpec"/>, 1013 in <see cref="WithoutTheStoreSpec"/>, 4001 in
/// <see cref="SlowConsumerSpec"/>, 4002 and 4003 in <see cref="ExpiringTokensSpec"/> and <see cref="OpeningLateSpec"/>.
/// </summary>
public sealed class CloseCodesSpec(CloseCodesSpec.Shared shared, ITestOutputHelper log) : SharedNodeSpec(shared, log), IClassFixture<CloseCodesSpec.Shared>
{
    private const int SocketsPerUser = 3;

    private static readonly RawFrame PingFrame = new(Opcode.Text, "{\"type\":\"ping\"}"u8.ToArray());

    private static readonly Dictionary<string, (byte[] Bytes, int Code)> FaultsByName = new()
    {
        ["a binary frame"] = (new RawFrame(Opcode.Binary, [1, 2, 3]).ToBytes(), 1003),
        ["an empty binary frame"] = (new RawFrame(Opcode.Binary, []).ToBytes(), 1003),
        ["text that is not UTF-8"] = (new RawFrame(Opcode.Text, [.. "{\"type\":\""u8, 0xc3, 0x28, .. "\"}"u8]).ToBytes(), 1007),
        ["text that ends within a character"] = (new RawFrame(Opcode.Text, [.. "\""u8, 0xe2, 0x82]).ToBytes(), 1007),
        ["ten bad frames in a row"] = (Many(10, new RawFrame(Opcode.Text, "?"u8.ToArray())), 1007),
        ["a frame over the limit"] = (TextOf(65_536 + 4096 + 1), 1009),
        ["a frame far over the limit"] = (TextOf(1_000_000), 1009),
        ["a frame over the limit in parts"] = ([.. TextOf(40_000, isFinal: false), .. TextOf(40_000, Opcode.Continuation)], 1009),
        ["a frame without a mask"] = (PingFrame.ToBytes(masked: false), 1002),
        ["a reserved opcode"] = (new RawFrame((Opcode)3, []).ToBytes(), 1002),
        ["a reserved bit"] = ([0xc1, 0x80, 1, 2, 3, 4], 1002),
        ["a continuation of nothing"] = (new RawFrame(Opcode.Continuation, [1]).ToBytes(), 1002),
        ["a ping in parts"] = (new RawFrame(Opcode.Ping, [], IsFinal: false).ToBytes(), 1002),
        ["twenty bursts of frames"] = (Many(2000, PingFrame), 4004),
    };

    public static TheoryData<string> Faults => [.. FaultsByName.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_closes_the_socket_with_its_code(string fault)
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await socket.WriteAsync(FaultsByName[fault].Bytes);
        AssertClose(await socket.ReadCloseAsync(), FaultsByName[fault].Code, fault);
    }

    [Fact]
    public async Task A_goodbye_is_answered_with_1000()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await socket.SendAsync(RawFrame.Close(1000));
        AssertClose(await socket.ReadCloseAsync(), 1000, "a goodbye");
    }

    [Fact]
    public async Task Nine_bad_frames_and_a_good_one_close_nothing()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 9; i++)
            {
                await socket.SendAsync("?");
                Assert.Equal("bad-frame", (await socket.ReadAsync("err")).Text("code"));
            }
            await socket.SendAsync("""{"type":"ping"}""");
            await socket.ReadAsync("pong");
        }
        await socket.CloseAsync();
    }

    [Fact]
    public async Task A_token_that_is_not_valid_in_open_closes_with_4501()
    {
        string[] tokens = ["nonsense", Tokens.For(User, key: "another-key-that-is-long-enough-too!!!!!"), Tokens.For(User, TimeSpan.FromSeconds(-1))];
        foreach (var token in tokens)
        {
            var socket = await RawSocket.OpenAsync(Node);
            await socket.ReadAsync("hello");
            await socket.SendAsync($$"""{"type":"open","token":"{{token}}"}""");
            AssertClose(await socket.ReadCloseAsync(), 4501, token);
        }
    }

    [Fact]
    public async Task Another_users_token_in_a_later_open_closes_with_4501()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?access_token={Tokens.For(User)}");
        await socket.SendAsync($$"""{"type":"open","token":"{{Tokens.For("somebody-else")}}"}""");
        AssertClose(await socket.ReadCloseAsync(), 4501, "another user's token");
    }

    [Fact]
    public async Task An_operator_removes_one_device_or_all_with_4502()
    {
        var (phone, _) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=phone");
        var (laptop, _) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=laptop");
        Assert.Equal(1, await RemoveAsync("?device=phone"));
        AssertClose(await phone.ReadCloseAsync(), 4502, "one device");
        await laptop.SendAsync("""{"type":"ping"}""");
        await laptop.ReadAsync("pong");
        Assert.Equal(1, await RemoveAsync(""));
        AssertClose(await laptop.ReadCloseAsync(), 4502, "all");
    }

    [Fact]
    public async Task A_newer_socket_of_a_device_replaces_the_older_with_4503()
    {
        var (older, _) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=phone");
        var (newer, _) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=phone");
        AssertClose(await older.ReadCloseAsync(), 4503, "a takeover");
        await Node.Backend.PublishAsync(User, "\"for the newer\"");
        Assert.Equal("\"for the newer\"", (await newer.ReadAsync("msg")).Data());
        await newer.CloseAsync();
    }

    [Fact]
    public async Task One_socket_more_than_a_user_may_have_is_closed_with_4504()
    {
        var sockets = new List<RawSocket>();
        for (var i = 0; i < SocketsPerUser; i++) sockets.Add((await RawSocket.ReadyAsync(Node, $"?user={User}&device=d{i}")).Socket);
        var surplus = await RawSocket.OpenAsync(Node, $"?user={User}&device=surplus");
        var close = await surplus.ReadCloseAsync();
        AssertClose(close, 4504, "one too many");
        Assert.Empty(close.Before);

        await sockets[0].CloseAsync();
        await Eventually.TrueAsync(
            async () => (await Node.Backend.DescribeAsync(User)).GetProperty("devices").EnumerateArray().Count(d => d.Flag("connected")) == SocketsPerUser - 1,
            "the closed socket is forgotten");
        var (next, _) = await RawSocket.ReadyAsync(Node, $"?user={User}&device=next");
        await next.CloseAsync();
    }

    private static byte[] Many(int count, RawFrame frame) => [.. Enumerable.Repeat(frame.ToBytes(), count).SelectMany(bytes => bytes)];

    private static byte[] TextOf(int bytes, Opcode opcode = Opcode.Text, bool isFinal = true) =>
        new RawFrame(opcode, Encoding.ASCII.GetBytes(new string(' ', bytes)), isFinal).ToBytes();

    private static void AssertClose((int Code, string Reason, object Before) close, int code, string what)
    {
        Assert.True(close.Code == code, $"{what}: {close.Code} {close.Reason}");
        Assert.NotEmpty(close.Reason);
    }

    private async Task<long> RemoveAsync(string query) =>
        (await Node.Backend.AskAsync(HttpMethod.Delete, $"/api/users/{User}/connections{query}", null)).Json.Number("closed");

    public sealed class Shared() : SharedNode(("Limits:SocketsPerUser", SocketsPerUser));
}
