using System.Text;
using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

/// <summary>The usual handshake is taken off its connection directly, an unusual one by the HTTP server: what comes of it is the same socket.</summary>
public sealed class HandshakesOfAnyShapeSpec(HandshakesOfAnyShapeSpec.Shared shared, ITestOutputHelper log)
    : SharedNodeSpec(shared, log), IClassFixture<HandshakesOfAnyShapeSpec.Shared>
{
    [Fact]
    public async Task The_usual_one_and_one_that_the_server_reads_get_the_same_answer()
    {
        var upgrade = new Upgrade($"?user={User}").With("Sec-WebSocket-Protocol", "akkasockets.v1.json");
        var direct = await RawSocket.OpenAsync(Node, upgrade);
        var served = await RawSocket.OpenAsync(Node, upgrade.LeftToTheServer());
        // The server puts its date on everything: a 101 need not have one (RFC 9110 §6.6.1).
        Assert.False(direct.Answer.Headers.ContainsKey("Date"));
        Assert.True(served.Answer.Headers.ContainsKey("Date"));
        foreach (var socket in new[] { direct, served })
        {
            Assert.Equal(Upgrade.Accept, socket.Answer.Headers["Sec-WebSocket-Accept"]);
            Assert.Equal("akkasockets.v1.json", socket.Answer.Headers["Sec-WebSocket-Protocol"]);
            await AssertServesAsync(socket);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(60)]
    public async Task One_that_comes_in_two_pieces_is_served(int first)
    {
        var bytes = Encoding.ASCII.GetBytes(new Upgrade($"?user={User}").ToString());
        var connection = await RawConnection.OpenAsync(Node.Clients);
        await connection.WriteAsync(bytes.AsMemory(0, first));
        var socket = await RawSocket.OpenAsync(Node, connection, bytes.AsMemory(first));
        await AssertServesAsync(socket);
    }

    [Fact]
    public async Task A_frame_right_behind_it_is_not_lost()
    {
        var send = new RawFrame(Opcode.Text, Encoding.UTF8.GetBytes($$"""{"type":"send","id":"1","to":"{{User}}-other","data":1}"""));
        var socket = await RawSocket.OpenAsync(Node, new Upgrade($"?user={User}") { Body = Encoding.Latin1.GetString(send.ToBytes()) });
        // Two logs are asked, this user's and the receiver's: either may answer first.
        JsonElement[] frames = [await socket.ReadAsync(), await socket.ReadAsync()];
        Assert.Single(frames, frame => frame.GetProperty("type").GetString() == "ready");
        Assert.Equal("1", Assert.Single(frames, frame => frame.GetProperty("type").GetString() == "ok").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_request_that_is_refused_leaves_its_connection_to_the_next_one()
    {
        await using var connection = await RawConnection.OpenAsync(Node.Clients);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(new Upgrade("?user=a%20b").ToString()));
        Assert.Equal(400, (await connection.ReadAnswerAsync()).Status);
        // What was decided of the first holds for no other.
        await connection.WriteAsync(Encoding.ASCII.GetBytes(new Upgrade($"?user={User}").ToString()));
        Assert.Equal(101, (await connection.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("GET /ws?user=slow HTTP/1.1\r\nHost: localhost\r\nConnection: Upgr")]
    [InlineData("GET /ws?user=slow HTTP/1.1\r\nHost: localhost\r\nX-Name: \u00c3\u00a9\r\n")]
    public async Task One_that_does_not_come_to_its_end_is_not_waited_for(string beginning)
    {
        await using var connection = await RawConnection.OpenAsync(Node.Clients);
        await connection.WriteAsync(Encoding.Latin1.GetBytes(beginning));
        await connection.ReadToEndAsync(TimeSpan.FromMinutes(2));
    }

    private static async Task AssertServesAsync(RawSocket socket)
    {
        var ready = await socket.ReadAsync("ready");
        var id = Guid.NewGuid().ToString("N");
        await socket.SendAsync($$"""{"type":"send","id":"{{id}}","to":"{{ready.GetProperty("user").GetString()}}-other","data":"hello"}""");
        Assert.Equal(id, (await socket.ReadAsync("ok")).GetProperty("id").GetString());
        await socket.CloseAsync();
    }

    public sealed class Shared : SharedNode;
}
