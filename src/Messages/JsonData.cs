using System.Text;

namespace AkkaSockets.Messages;

/// <summary>
/// One JSON value as the sender wrote it: UTF-8, from the value's first byte to its last. Nothing here parses or re-encodes
/// it. Equal when the bytes are.
/// </summary>
public readonly struct JsonData(ReadOnlyMemory<byte> utf8) : IEquatable<JsonData>
{
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>Bytes.</summary>
    public int Length => Utf8.Length;

    public static JsonData FromString(string json) => new(Encoding.UTF8.GetBytes(json));

    public bool Equals(JsonData other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => obj is JsonData other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The length only: what users say to each other does not belong in a log.</summary>
    public override string ToString() => $"{Length} bytes";

    public static bool operator ==(JsonData left, JsonData right) => left.Equals(right);

    public static bool operator !=(JsonData left, JsonData right) => !left.Equals(right);
}
