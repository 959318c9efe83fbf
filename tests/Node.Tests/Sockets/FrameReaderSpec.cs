using System.Net.WebSockets;
using System.Text;
using AkkaSockets.Node.Sockets;

namespace AkkaSockets.Node.Tests.Sockets;

public class FrameReaderSpec
{
    private const int Continuation = 0, Text = 1, Binary = 2, Close = 8;

    [Fact]
    public async Task Reads_one_message_after_the_other_empty_ones_and_those_in_parts_too()
    {
        using var socket = Receiving([.. Frame(Text, "one"), .. Frame(Text, ""), .. Frame(Text, "", isFinal: false), .. Frame(Continuation, "tw", isFinal: false),
            .. Frame(Continuation, "o", isFinal: false), .. Frame(Continuation, ""), .. Frame(Close, "")]);
        Assert.Equal((ReceivedKind.Text, "one"), await ReadAsync(socket));
        Assert.Equal((ReceivedKind.Text, ""), await ReadAsync(socket));
        Assert.Equal((ReceivedKind.Text, "two"), await ReadAsync(socket));
        Assert.Equal((ReceivedKind.Close, ""), await ReadAsync(socket));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public async Task Tells_a_binary_message(string payload)
    {
        using var socket = Receiving(Frame(Binary, payload));
        Assert.Equal((ReceivedKind.Binary, ""), await ReadAsync(socket));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Tells_a_message_over_the_limit(int length, bool fits)
    {
        using var socket = Receiving(Frame(Text, new string('x', length)));
        Assert.Equal(fits ? ReceivedKind.Text : ReceivedKind.TooBig, (await FrameReader.ReadAsync(socket, maxBytes: 5)).Kind);
    }

    private static async Task<(ReceivedKind Kind, string Text)> ReadAsync(WebSocket socket)
    {
        var received = await FrameReader.ReadAsync(socket, maxBytes: 100);
        return (received.Kind, received.Buffer is null ? "" : Encoding.UTF8.GetString(received.Text.Span));
    }

    private static WebSocket Receiving(byte[] bytes) => WebSocket.CreateFromStream(new MemoryStream(bytes), new WebSocketCreationOptions { IsServer = true });

    /// <summary>A client's frame (RFC 6455 §5.2), masked with zeroes.</summary>
    private static byte[] Frame(int opcode, string text, bool isFinal = true) =>
        [(byte)((isFinal ? 0x80 : 0) | opcode), (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
}
