using System.Text;
using AkkaSockets.Node.Sockets.Direct;
using FsCheck;
using FsCheck.Xunit;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class HandshakeHeadSpec
{
    private const string Fields = "Host: chat.example.com:8080\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private const string Usual = "GET /ws?user=alice&access_token=a.b-c_d%20e HTTP/1.1\r\n" + Fields + "\r\n";

    private static HandshakeHead? Read(string head) => HandshakeHead.Read(Encoding.Latin1.GetBytes(head));

    [Fact]
    public void The_usual_head_is_read()
    {
        var head = Read(Usual);
        Assert.NotNull(head);
        Assert.Equal("?user=alice&access_token=a.b-c_d%20e", head.QueryString);
        Assert.Equal("chat.example.com:8080", head.Headers.Host);
        Assert.Equal("keep-alive, Upgrade", head.Headers.Connection);
        Assert.Equal(5, head.Headers.Count);
    }

    [Theory]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "\r\n", "")]
    [InlineData("GET /ws? HTTP/1.1\r\n" + Fields + "\r\n", "?")]
    public void A_query_may_be_missing_or_empty(string head, string query) => Assert.Equal(query, Read(head)?.QueryString);

    [Fact]
    public void White_space_around_a_value_is_none_of_it_and_a_field_may_come_twice()
    {
        var head = Read("GET /ws HTTP/1.1\r\n" + Fields + "Cookie:\t a=1 \r\nSec-WebSocket-Protocol:x\r\nsec-websocket-protocol: y\r\n\r\n");
        Assert.NotNull(head);
        Assert.Equal("a=1", head.Headers.Cookie);
        Assert.Equal(["x", "y"], head.Headers.SecWebSocketProtocol.OfType<string>());
    }

    /// <summary>None of these need be wrong: they are the HTTP server's to judge.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields)]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "\r\nrest")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "\r\nGET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.0\r\n" + Fields + "\r\n")]
    [InlineData("GET /ws  HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("get /ws HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("POST /ws HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /WS HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /ws/ HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /wss HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /%77s HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /ws?a b HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /ws?a#b HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /ws?a\u00e9 HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET http://h/ws HTTP/1.1\r\n" + Fields + "\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "Host: second\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nHost:\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nHost: a/b\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "Content-Length: 0\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "content-length: x\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "Transfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "Expect: 100-continue\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "X-Name: \u00e9\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "X-Tab: a\tb\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "X-Null: a\0b\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "X-Cr: a\rb\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "X-Lf: a\nb: c\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "X-Space : a\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + " folded\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + ": a\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "Origin: \r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n" + Fields + "no colon\r\n\r\n")]
    public void What_is_unusual_is_left_to_the_server(string head) => Assert.Null(Read(head));

    [Fact]
    public void Too_much_is_left_to_the_server()
    {
        Assert.NotNull(Read($"GET /ws HTTP/1.1\r\n{Fields}Cookie: {new string('x', 7000)}\r\n\r\n"));
        Assert.Null(Read($"GET /ws HTTP/1.1\r\n{Fields}Cookie: {new string('x', 8100)}\r\n\r\n"));
        Assert.Null(Read($"GET /ws HTTP/1.1\r\n{Fields}{string.Concat(Enumerable.Range(0, 60).Select(i => $"X-{i}: x\r\n"))}\r\n"));
    }

    /// <summary>However a head is spoilt: it is left alone, or nothing that ends a line or a field is inside what was read.</summary>
    [Property(MaxTest = 2000)]
    public bool Of_a_spoilt_head_nothing_is_read_that_could_be_read_in_two_ways(NonNegativeInt at, byte value, bool inserts)
    {
        var bytes = Encoding.ASCII.GetBytes(Usual).ToList();
        if (inserts) bytes.Insert(at.Get % bytes.Count, value);
        else bytes[at.Get % bytes.Count] = value;
        var head = HandshakeHead.Read(bytes.ToArray());
        return head is null
            || (IsVisible(head.QueryString) && head.Headers.All(field => IsVisible(field.Key) && field.Value.All(text => IsVisible(text!.Replace(" ", "")))) && head.Headers.Host.Count == 1);
    }

    private static bool IsVisible(string text) => text.All(c => c is > ' ' and <= '~');
}
