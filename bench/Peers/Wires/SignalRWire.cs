using System.Text;
using AkkaSockets.Load;

namespace AkkaSockets.Peers.Wires;

/// <summary>
/// SignalR's hub protocol in MessagePack, as its clients speak it over WebSockets without negotiation: a handshake in JSON, then messages with their lengths before them, several of which may
/// be in one frame. Invocations have no id, as those of a client's <c>send</c>: nobody answers them.
/// </summary>
internal sealed class SignalRWire(TokenMint tokens) : IWire
{
    private const byte Invocation = 1;
    private const byte Close = 7;

    /// <summary>Of [type, headers, no invocation id, target, arguments, no streams]: what stands before the target.</summary>
    private static ReadOnlySpan<byte> InvocationHead => [0x96, Invocation, 0x80, 0xC0, 0xA4];

    public bool IsBinary => true;

    public ReadOnlyMemory<byte> Opening { get; } = Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e");

    /// <summary>A message of type 6, in an array of one.</summary>
    public ReadOnlyMemory<byte> KeepAlive { get; } = new byte[] { 2, 0x91, 6 };

    public string TargetOf(string user, string? device) => $"/hub?access_token={tokens.For(user)}";

    public int WriteSend(Span<byte> to, string user, ReadOnlySpan<byte> data, long number, bool durable)
    {
        Span<byte> body = stackalloc byte[512];
        var text = new Utf8Text(body);
        text.Add(InvocationHead);
        text.Add("Send"u8);
        text.Add(0x92);
        AddStringHead(ref text, Encoding.UTF8.GetByteCount(user));
        text.Add(user);
        AddStringHead(ref text, data.Length);
        text.Add(data);
        text.Add(0x90);
        var frame = new Utf8Text(to);
        AddLength(ref frame, text.Length);
        frame.Add(body[..text.Length]);
        return frame.Length;
    }

    public int WriteAck(Span<byte> to, long seq) => 0;

    public void Read(ReadOnlySpan<byte> message, IWireSink sink)
    {
        if (message is [(byte)'{', ..])
        {
            if (message.StartsWith("{}"u8)) sink.OnReady();
            else sink.OnTrouble("handshake");
            return;
        }
        while (TryReadLength(ref message, out var length) && length <= message.Length)
        {
            var one = message[..length];
            message = message[length..];
            if (one is [_, Invocation, ..])
            {
                while (Stamp.TryReadNext(ref one, out var sentAt, out var number)) sink.OnMessage(sentAt, number);
            }
            else if (one is [_, Close, ..])
            {
                sink.OnTrouble("close");
            }
        }
    }

    private static void AddStringHead(ref Utf8Text text, int bytes)
    {
        if (bytes < 32)
        {
            text.Add((byte)(0xA0 | bytes));
            return;
        }
        text.Add(0xD9);
        text.Add((byte)bytes);
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    private static void AddLength(ref Utf8Text text, int length)
    {
        for (; length > 0x7F; length >>= 7) text.Add((byte)((length & 0x7F) | 0x80));
        text.Add((byte)length);
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        for (var i = 0; i < rest.Length && i < 5; i++)
        {
            length |= (rest[i] & 0x7F) << (7 * i);
            if ((rest[i] & 0x80) != 0) continue;
            rest = rest[(i + 1)..];
            return true;
        }
        return false;
    }
}
