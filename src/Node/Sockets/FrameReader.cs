using System.Buffers;
using System.Net.WebSockets;

namespace AkkaSockets.Node.Sockets;

/// <summary>What came next on a socket.</summary>
internal enum ReceivedKind
{
    Text,
    Binary,
    TooBig,
    Close,
}

/// <summary>One whole message, or the end. <paramref name="Buffer"/> belongs to the receiver, who returns it to the shared pool.</summary>
internal readonly record struct Received(ReceivedKind Kind, byte[]? Buffer, int Length)
{
    public ReadOnlyMemory<byte> Text => Buffer.AsMemory(0, Length);
}

/// <summary>Reads whole messages. While nothing comes it holds no buffer: it waits with a read of zero bytes.</summary>
internal static class FrameReader
{
    private const int FirstBuffer = 4096;

    /// <summary>The next message. Pings and pongs are the web socket's own affair.</summary>
    /// <exception cref="WebSocketException">The connection is gone, or the client broke the protocol and was told so.</exception>
    public static async ValueTask<Received> ReadAsync(WebSocket socket, int maxBytes)
    {
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        if (first.MessageType == WebSocketMessageType.Close) return new Received(ReceivedKind.Close, null, 0);
        if (first.MessageType == WebSocketMessageType.Binary) return new Received(ReceivedKind.Binary, null, 0);
        // An empty message is over with the read that found it.
        if (first.EndOfMessage) return new Received(ReceivedKind.Text, ArrayPool<byte>.Shared.Rent(0), 0);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, maxBytes + 1));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length) buffer = Grow(buffer, length, maxBytes + 1);
                // One byte more than allowed is room enough to see that it is too much.
                var part = await socket.ReceiveAsync(buffer.AsMemory(length, Math.Min(buffer.Length, maxBytes + 1) - length), CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close) return Done(ReceivedKind.Close, ref buffer);
                length += part.Count;
                if (length > maxBytes) return Done(ReceivedKind.TooBig, ref buffer);
                if (!part.EndOfMessage) continue;
                var received = new Received(ReceivedKind.Text, buffer, length);
                buffer = null!;
                return received;
            }
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Received Done(ReceivedKind kind, ref byte[] buffer)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = null!;
        return new Received(kind, null, 0);
    }

    private static byte[] Grow(byte[] buffer, int length, int most)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 4, most));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
