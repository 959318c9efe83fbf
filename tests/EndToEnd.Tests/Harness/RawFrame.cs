using System.Buffers.Binary;
using System.Text;

namespace AkkaSockets.EndToEnd.Tests.Harness;

internal enum Opcode
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>A frame of RFC 6455 §5.2.</summary>
internal sealed record RawFrame(Opcode Opcode, byte[] Payload, bool IsFinal = true)
{
    /// <summary>A close's code, 0 where it has none.</summary>
    public int CloseCode => Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : 0;

    public string CloseReason => Encoding.UTF8.GetString(Payload.AsSpan(Math.Min(2, Payload.Length)));

    public static RawFrame Close(int code) => new(Opcode.Close, [(byte)(code >> 8), (byte)code]);

    /// <summary>As a client writes it.</summary>
    /// <param name="masked">False breaks §5.1.</param>
    public byte[] ToBytes(bool masked = true)
    {
        var bytes = new MemoryStream();
        bytes.WriteByte((byte)((IsFinal ? 0x80 : 0) | (int)Opcode));
        var mask = masked ? 0x80 : 0;
        Span<byte> length = stackalloc byte[8];
        if (Payload.Length < 126)
        {
            bytes.WriteByte((byte)(mask | Payload.Length));
        }
        else if (Payload.Length <= ushort.MaxValue)
        {
            bytes.WriteByte((byte)(mask | 126));
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)Payload.Length);
            bytes.Write(length[..2]);
        }
        else
        {
            bytes.WriteByte((byte)(mask | 127));
            BinaryPrimitives.WriteInt64BigEndian(length, Payload.Length);
            bytes.Write(length);
        }
        if (!masked)
        {
            bytes.Write(Payload);
            return bytes.ToArray();
        }
        byte[] key = [0x37, 0xfa, 0x21, 0x3d];
        bytes.Write(key);
        for (var i = 0; i < Payload.Length; i++) bytes.WriteByte((byte)(Payload[i] ^ key[i % 4]));
        return bytes.ToArray();
    }
}
