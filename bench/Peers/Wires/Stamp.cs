using System.Buffers.Text;

namespace AkkaSockets.Peers.Wires;

/// <summary>What every message carries, whatever frame it is in: when it was sent, and its number. <c>{"t":1234567890,"n":17,"p":"xxxx"}</c>, always of one size.</summary>
internal static class Stamp
{
    /// <summary>Bytes of a message's data.</summary>
    public const int Size = 100;

    private static ReadOnlySpan<byte> Mark => "{\"t\":"u8;

    private static ReadOnlySpan<byte> Number => ",\"n\":"u8;

    private static ReadOnlySpan<byte> Padding => ",\"p\":\""u8;

    /// <param name="to">At least <see cref="Size"/> long.</param>
    /// <param name="sentAt">A timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    public static void Write(Span<byte> to, long sentAt, long number)
    {
        var at = 0;
        Append(to, ref at, Mark);
        Utf8Formatter.TryFormat(sentAt, to[at..], out var digits);
        at += digits;
        Append(to, ref at, Number);
        Utf8Formatter.TryFormat(number, to[at..], out digits);
        at += digits;
        Append(to, ref at, Padding);
        to[at..(Size - 2)].Fill((byte)'x');
        "\"}"u8.CopyTo(to[(Size - 2)..]);
    }

    /// <summary>The next stamp in what is left of a frame, which is shortened to what follows it. Several messages may be in one frame.</summary>
    public static bool TryReadNext(ref ReadOnlySpan<byte> rest, out long sentAt, out long number)
    {
        (sentAt, number) = (0, 0);
        var at = rest.IndexOf(Mark);
        if (at < 0) return false;
        rest = rest[(at + Mark.Length)..];
        if (!Utf8Parser.TryParse(rest, out sentAt, out int used) || !rest[used..].StartsWith(Number)) return false;
        rest = rest[(used + Number.Length)..];
        return Utf8Parser.TryParse(rest, out number, out used);
    }

    private static void Append(Span<byte> to, ref int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[at..]);
        at += bytes.Length;
    }
}
