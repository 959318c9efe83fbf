using System.Text;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>The fields of a protobuf message whose schema is known to the reader, as far as they are messages, texts or bytes.</summary>
internal readonly struct ProtobufFields(ReadOnlyMemory<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    public string Text => Encoding.UTF8.GetString(message.Span);

    public string Hex => Convert.ToHexStringLower(message.Span);

    /// <summary>Every value of a field, in order.</summary>
    public IEnumerable<ProtobufFields> this[int field]
    {
        get
        {
            var rest = message;
            while (!rest.IsEmpty)
            {
                var (key, length) = (ReadVarint(ref rest), 0);
                switch ((int)(key & 7))
                {
                    case Varint: ReadVarint(ref rest); break;
                    case Fixed64: length = 8; break;
                    case Fixed32: length = 4; break;
                    case Bytes:
                        length = (int)ReadVarint(ref rest);
                        if ((int)(key >> 3) == field) yield return new(rest[..length]);
                        break;
                    default: throw new InvalidDataException($"There is no wire type {key & 7}.");
                }
                rest = rest[length..];
            }
        }
    }

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> from)
    {
        for (var (value, shift) = (0UL, 0); ; shift += 7)
        {
            var next = from.Span[0];
            from = from[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
