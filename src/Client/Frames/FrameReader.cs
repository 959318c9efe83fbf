using System.Text.Json;

namespace AkkaSockets.Client.Frames;

internal static class FrameReader
{
    /// <exception cref="JsonException">Not a frame.</exception>
    public static ServerFrame Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, Lenient(utf8.Length));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("A frame is a JSON object.");
            var fields = new FrameFields();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) fields.Take(ref reader, utf8);
            reader.Read();
            return fields.ToFrame();
        }
        catch (InvalidOperationException invalidText)
        {
            throw new JsonException("A frame's text is not valid UTF-8 or UTF-16.", invalidText);
        }
    }

    /// <summary>Whether <paramref name="utf8"/> is exactly one JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, Lenient(utf8.Length));
            if (!reader.Read()) return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Payloads nest as deep as their sender likes, and no deeper than they are long.</summary>
    private static JsonReaderOptions Lenient(int length) => new() { MaxDepth = Math.Max(64, length) };
}
