using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.Client.Frames;

/// <summary>What the client says, encoded once: a repeated send repeats the same bytes.</summary>
internal static class FrameWriter
{
    public static byte[] Ack(long seq) => Encoding.ASCII.GetBytes($$"""{"type":"ack","seq":{{seq}}}""");

    /// <summary>A send, durable or ephemeral. <paramref name="data"/>, one JSON value, is copied as it is.</summary>
    public static byte[] Send(string id, string to, ReadOnlySpan<byte> data, bool ephemeral)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 128 + id.Length + to.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "send"u8);
            json.WriteString("id"u8, id);
            json.WriteString("to"u8, to);
            if (ephemeral) json.WriteBoolean("ephemeral"u8, true);
            json.WritePropertyName("data"u8);
            json.WriteRawValue(data, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The answer to <c>hello</c>; with a token only, it makes the socket's stay longer.</summary>
    public static byte[] Open(string token, string? device = null, Position? resume = null)
    {
        var buffer = new ArrayBufferWriter<byte>(token.Length + 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "open"u8);
            json.WriteString("token"u8, token);
            if (device is not null) json.WriteString("device"u8, device);
            if (resume is { } position)
            {
                json.WriteStartObject("resume"u8);
                json.WriteString("epoch"u8, position.Epoch);
                json.WriteNumber("seq"u8, position.Seq);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
