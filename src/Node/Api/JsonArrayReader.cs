using System.Text.Json;

namespace AkkaSockets.Node.Api;

/// <summary>Finds the elements of a JSON array.</summary>
internal static class JsonArrayReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <summary>Each element's bytes; null when the whole is not one JSON array. One past <paramref name="max"/> ends the search.</summary>
    public static List<Range>? FindElements(ReadOnlySpan<byte> utf8, int max)
    {
        var elements = new List<Range>();
        try
        {
            var reader = new Utf8JsonReader(utf8, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(start..(int)reader.BytesConsumed);
                if (elements.Count > max) return elements;
            }
            return reader.Read() ? null : elements;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
