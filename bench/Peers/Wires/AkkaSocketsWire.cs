using System.Buffers.Text;
using System.Text;
using AkkaSockets.Load;

namespace AkkaSockets.Peers.Wires;

/// <summary>docs/protocol.md.</summary>
internal sealed class AkkaSocketsWire(TokenMint tokens) : IWire
{
    public bool IsBinary => false;

    public ReadOnlyMemory<byte> Opening => default;

    public ReadOnlyMemory<byte> KeepAlive => default;

    public string TargetOf(string user, string? device) => $"/ws?access_token={tokens.For(user)}&device={device ?? "d"}";

    public int WriteSend(Span<byte> to, string user, ReadOnlySpan<byte> data, long number, bool durable)
    {
        var text = new Utf8Text(to);
        text.Add("{\"type\":\"send\","u8);
        if (durable)
        {
            text.Add("\"id\":\""u8);
            text.Add(number);
            text.Add("\","u8);
        }
        text.Add("\"to\":\""u8);
        text.Add(user);
        text.Add("\",\"data\":"u8);
        text.Add(data);
        text.Add(durable ? "}"u8 : ",\"ephemeral\":true}"u8);
        return text.Length;
    }

    public int WriteAck(Span<byte> to, long seq)
    {
        var text = new Utf8Text(to);
        text.Add("{\"type\":\"ack\",\"seq\":"u8);
        text.Add(seq);
        text.Add("}"u8);
        return text.Length;
    }

    public void Read(ReadOnlySpan<byte> message, IWireSink sink)
    {
        if (message.StartsWith("{\"type\":\"msg\","u8)) ReadMessage(message, sink);
        else if (message.StartsWith("{\"type\":\"ok\","u8)) ReadOk(message, sink);
        else if (message.StartsWith("{\"type\":\"ready\","u8)) sink.OnReady();
        else if (message.StartsWith("{\"type\":\"reconnect\""u8)) sink.OnTrouble("reconnect");
        else if (message.StartsWith("{\"type\":\"err\""u8)) sink.OnTrouble(CodeOf(message));
    }

    private static void ReadMessage(ReadOnlySpan<byte> message, IWireSink sink)
    {
        var rest = message["{\"type\":\"msg\","u8.Length..];
        if (rest.StartsWith("\"seq\":"u8) && Utf8Parser.TryParse(rest["\"seq\":"u8.Length..], out long seq, out _)) sink.OnSeq(seq);
        while (Stamp.TryReadNext(ref rest, out var sentAt, out var number)) sink.OnMessage(sentAt, number);
    }

    private static void ReadOk(ReadOnlySpan<byte> message, IWireSink sink)
    {
        var rest = message["{\"type\":\"ok\","u8.Length..];
        // Without an id: ephemeral, and needs no more than that it came.
        if (rest.StartsWith("\"id\":\""u8) && Utf8Parser.TryParse(rest["\"id\":\""u8.Length..], out long number, out _)) sink.OnAcknowledged(number);
    }

    private static string CodeOf(ReadOnlySpan<byte> message)
    {
        var at = message.IndexOf("\"code\":\""u8);
        if (at < 0) return "err";
        var code = message[(at + "\"code\":\""u8.Length)..];
        return Encoding.UTF8.GetString(code[..code.IndexOf((byte)'"')]);
    }
}
