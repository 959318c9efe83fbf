using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AkkaSockets.Messages.Ids;

/// <summary>The rules for names that people and programs choose.</summary>
internal static class IdText
{
    /// <summary>True when <paramref name="text"/> is a name: its length fits, it is well formed, and has no control character or white space.</summary>
    public static bool IsName([NotNullWhen(true)] string? text, int maxLength)
    {
        if (!HasLength(text, maxLength) || !IsWellFormed(text)) return false;
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c)) return false;
        }
        return true;
    }

    /// <summary>True for 1 to <paramref name="maxLength"/> UTF-16 units.</summary>
    public static bool HasLength([NotNullWhen(true)] string? text, int maxLength) => !string.IsNullOrEmpty(text) && text.Length <= maxLength;

    /// <summary>False when a surrogate stands alone: it has no UTF-8 form, and two such names would become one on the wire.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done) return false;
            rest = rest[used..];
        }
        return true;
    }
}
