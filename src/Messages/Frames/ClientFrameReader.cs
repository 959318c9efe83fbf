using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

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
        var fields = new Fields();
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Bad("A frame is one JSON object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) fields.ReadProperty(ref reader, utf8);
            if (reader.Read()) return Bad("A frame is one JSON object.");
        }
        catch (JsonException)
        {
            return Bad("The frame is not JSON.");
        }
        catch (InvalidOperationException)
        {
            // A property's name with an escaped surrogate that stands alone: JSON's grammar has it, Unicode does not.
            return Bad("A property's name is not Unicode.");
        }
        return fields.ToFrame(maxDataBytes);
    }

    private static InvalidFrame Bad(string message, string? id = null) => new(ErrorCode.BadFrame, message, id);

    /// <summary>What the properties held; <see cref="_wrong"/> names the first whose type or value does not fit.</summary>
    private struct Fields
    {
        private string? _type, _wrong, _id, _to, _token, _device;
        private bool _hasId, _ephemeral, _hasResume;
        private long? _seq;
        private ResumePoint? _resume;
        private JsonData? _data;

        public void ReadProperty(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
        {
            if (reader.ValueTextEquals("type"u8)) _type = Text(ref reader, "type");
            else if (reader.ValueTextEquals("id"u8)) (_id, _hasId) = (Text(ref reader, "id"), true);
            else if (reader.ValueTextEquals("to"u8)) _to = Text(ref reader, "to");
            else if (reader.ValueTextEquals("data"u8)) _data = Raw(ref reader, utf8);
            else if (reader.ValueTextEquals("seq"u8)) _seq = Number(ref reader, "seq");
            else if (reader.ValueTextEquals("ephemeral"u8)) _ephemeral = Flag(ref reader, "ephemeral");
            else if (reader.ValueTextEquals("token"u8)) _token = Text(ref reader, "token");
            else if (reader.ValueTextEquals("device"u8)) _device = Text(ref reader, "device");
            else if (reader.ValueTextEquals("resume"u8)) ReadResume(ref reader);
            else Skip(ref reader);
        }

        public readonly ClientFrame ToFrame(int maxDataBytes)
        {
            if (_type is null) return Bad(_wrong is "type" ? "type must be a string." : "The frame has no type.", _id);
            return _type switch
            {
                "ping" => PingFrame.Instance,
                "ack" => ToAck(),
                "send" => ToSend(maxDataBytes),
                "open" => ToOpen(),
                _ => new InvalidFrame(ErrorCode.UnknownType, "There is no frame of this type.", _id),
            };
        }

        private readonly ClientFrame ToAck()
        {
            if (_wrong is "seq" || _seq is null or < 0) return Bad("seq must be a whole number from 0.", _id);
            return new AckFrame(_seq.Value);
        }

        private readonly ClientFrame ToSend(int maxDataBytes)
        {
            if (_wrong is "id" or "to" or "ephemeral" or "data") return Bad($"{_wrong} has the wrong type.", _id);
            if (_hasId && !MessageId.TryParse(_id, out _)) return Bad("id must have 1 to 128 characters.");
            if (_data is not { } data) return Bad("data is missing.", _id);
            if (!_hasId && !_ephemeral) return new InvalidFrame(ErrorCode.IdRequired, "A durable send needs an id that is unique over all of the sender's devices.");
            if (data.Length > maxDataBytes) return new InvalidFrame(ErrorCode.TooLarge, $"data may have {maxDataBytes} bytes.", _id);
            if (!UserId.TryParse(_to, out var to)) return new InvalidFrame(ErrorCode.BadTarget, "to must be a user id: 1 to 128 characters, no control characters or white space.", _id);
            MessageId.TryParse(_id, out var id);
            return new SendFrame(id, to, data, _ephemeral);
        }

        private readonly ClientFrame ToOpen()
        {
            if (_wrong is "token" or "device" or "resume" || (_hasResume && _resume is null)) return Bad($"{_wrong} has the wrong type.");
            if (_token is null) return Bad("open needs a token.");
            if (_device is null) return new OpenFrame(_token, null, _resume);
            return DeviceId.TryParse(_device, out var device)
                ? new OpenFrame(_token, device, _resume)
                : Bad("device must have 1 to 64 characters, no control characters or white space.");
        }

        private string? Text(ref Utf8JsonReader reader, string name)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) return Wrong<string>(ref reader, name);
            try
            {
                return reader.GetString();
            }
            catch (InvalidOperationException)
            {
                // An escaped surrogate that stands alone: JSON's grammar has it, Unicode does not.
                return Wrong<string>(ref reader, name);
            }
        }

        private long? Number(ref Utf8JsonReader reader, string name)
        {
            reader.Read();
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : Wrong<long?>(ref reader, name);
        }

        private bool Flag(ref Utf8JsonReader reader, string name)
        {
            reader.Read();
            return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : Wrong<bool>(ref reader, name);
        }

        private void ReadResume(ref Utf8JsonReader reader)
        {
            _hasResume = true;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Wrong<ResumePoint>(ref reader, "resume");
                return;
            }
            string? epoch = null;
            long? seq = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("epoch"u8)) epoch = Text(ref reader, "resume");
                else if (reader.ValueTextEquals("seq"u8)) seq = Number(ref reader, "resume");
                else Skip(ref reader);
            }
            // One without the other says nothing: where to go on is a place in one life of the log.
            if (!string.IsNullOrEmpty(epoch) && seq >= 0) _resume = new ResumePoint(epoch, seq.Value);
            else _wrong ??= "resume";
        }

        private static JsonData Raw(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return new JsonData(utf8[start..(int)reader.BytesConsumed]);
        }

        private T? Wrong<T>(ref Utf8JsonReader reader, string name)
        {
            _wrong ??= name;
            reader.Skip();
            return default;
        }

        private static void Skip(ref Utf8JsonReader reader)
        {
            reader.Read();
            reader.Skip();
        }
    }
}
