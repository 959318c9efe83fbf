using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AkkaSockets.Peers.Sockets;

/// <summary>Opcodes of RFC 6455 §5.2.</summary>
internal enum Opcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>One frame of a server, which does not mask: RFC 6455 §5.1.</summary>
/// <param name="Head">Bytes before the payload.</param>
internal readonly record struct FrameHead(bool IsFinal, Opcode Opcode, int Head, int Payload)
{
    public int Size => Head + Payload;
}

/// <summary>Frames on the wire, RFC 6455 §5.2.</summary>
internal static class Frames
{
    /// <summary>The longest head of a client's frame.</summary>
    public const int MostHead = 14;

    // Anything but zeros, which a server may skip: it is to do the work that it does for everybody.
    private static readonly byte[] Mask = [.. RandomNumberGenerator.GetBytes(3), 0x5A];

    /// <summary>False when more bytes are needed to tell.</summary>
    /// <exception cref="InvalidDataException">Longer than anything that is sent here.</exception>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, out FrameHead head)
    {
        head = default;
        if (bytes.Length < 2) return false;
        var (isFinal, opcode, length) = ((bytes[0] & 0x80) != 0, (Opcode)(bytes[0] & 0x0F), bytes[1] & 0x7F);
        if (length < 126)
        {
            head = new FrameHead(isFinal, opcode, 2, length);
            return true;
        }
        var size = length == 126 ? 4 : 10;
        if (bytes.Length < size) return false;
        var payload = length == 126 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        if (payload > int.MaxValue / 2) throw new InvalidDataException($"A frame of {payload} bytes.");
        head = new FrameHead(isFinal, opcode, size, (int)payload);
        return true;
    }

    /// <summary>A whole message in one masked frame.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> to, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        to[0] = (byte)(0x80 | (byte)opcode);
        var at = 2;
        if (payload.Length < 126)
        {
            to[1] = (byte)(0x80 | payload.Length);
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            to[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)payload.Length);
            at = 4;
        }
        else
        {
            to[1] = 0x80 | 127;
            BinaryPrimitives.WriteUInt64BigEndian(to[2..], (ulong)payload.Length);
            at = 10;
        }
        Mask.CopyTo(to[at..]);
        at += Mask.Length;
        for (var i = 0; i < payload.Length; i++) to[at + i] = (byte)(payload[i] ^ Mask[i & 3]);
        return at + payload.Length;
    }
}
