using System.Buffers.Text;
using System.Text;

namespace AkkaSockets.Peers.Wires;

/// <summary>Writes pieces one behind the other.</summary>
internal ref struct Utf8Text(Span<byte> to)
{
    private readonly Span<byte> _to = to;

    public int Length { get; private set; }

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_to[Length..]);
        Length += bytes.Length;
    }

    public void Add(byte value) => _to[Length++] = value;

    /// <summary>As it is: names here need no escaping.</summary>
    public void Add(string text) => Length += Encoding.UTF8.GetBytes(text, _to[Length..]);

    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, _to[Length..], out var digits);
        Length += digits;
    }
}
