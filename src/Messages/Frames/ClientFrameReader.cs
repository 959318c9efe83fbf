using System.Text.Json;

namespace AkkaSockets.Messages.Frames;

/// <summary>
/// Reads one client frame: a JSON object whose unknown properties are ignored and whose <c>data</c> is kept as its bytes.
/// Never throws for what a client can send: what is wrong comes back as an <see cref="InvalidFrame"/>.
/// </summary>
public static class ClientFrameReader
{
    // Depth costs the reader a bit a level, and the frame's length bounds it: no nesting that fits a frame is refused.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <param name="utf8">One whole text message, valid UTF-8.</param>
    /// <param name="maxDataBytes">The longest <c>data</c> of a send (<c>Limits:FrameBytes</c>).</param>
    public static ClientFrame Read(ReadOnlyMemory<byte> utf8, int maxDataBytes)
    {
        var fields = new ClientFrameFields();
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Bad("A frame is one JSON object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) fields.Take(ref reader, utf8);
            if (reader.Read()) return Bad("A frame is one JSON object.");
        }
        catch (JsonException)
        {
            return Bad("The frame is not JSON.");
        }
        return fields.ToFrame(maxDataBytes);
    }

    private static InvalidFrame Bad(string message) => new(ErrorCode.BadFrame, message);
}
