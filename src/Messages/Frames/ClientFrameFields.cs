using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Frames;

/// <summary>What the properties of one client frame held. Of two with one name the later counts; one whose type does not fit makes a bad frame.</summary>
internal struct ClientFrameFields
{
    [Flags]
    private enum Field
    {
        None = 0,
        Type = 1,
        Id = 2,
        To = 4,
        Data = 8,
        Ephemeral = 16,
        Seq = 32,
        Token = 64,
        Device = 128,
        Resume = 256,
        Epoch = 512,
    }

    private enum FrameType : byte
    {
        None,
        Unknown,
        Ping,
        Ack,
        Send,
        Open,
    }

    private const string DeviceRule = "device must have 1 to 64 characters, no control characters or white space.";
    private const string TargetRule = "to must be a user id: 1 to 128 characters, no control characters or white space.";

    private Field _wrong;
    private FrameType _type;
    private string? _id, _to, _token, _device;
    private bool _hasId, _ephemeral;
    private long? _seq;
    private ResumePoint? _resume;
    private JsonData? _data;

    /// <summary>Takes one property; the reader stands on its name, and on the last token of its value afterwards.</summary>
    public void Take(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        var field = FieldOf(ref reader);
        reader.Read();
        switch (field)
        {
            case Field.Type: _type = Type(ref reader); break;
            case Field.Id: (_id, _hasId) = (Text(ref reader, field), true); break;
            case Field.To: _to = Text(ref reader, field); break;
            case Field.Data: _data = Raw(ref reader, utf8); break;
            case Field.Ephemeral: _ephemeral = Flag(ref reader, field); break;
            case Field.Seq: _seq = Number(ref reader, field); break;
            case Field.Token: _token = Text(ref reader, field); break;
            case Field.Device: _device = Text(ref reader, field); break;
            case Field.Resume: _resume = Resume(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    public readonly ClientFrame ToFrame(int maxDataBytes) => _type switch
    {
        FrameType.None => Bad(IsWrong(Field.Type) ? "type must be a string." : "The frame has no type."),
        FrameType.Ping => PingFrame.Instance,
        FrameType.Ack => ToAck(),
        FrameType.Send => ToSend(maxDataBytes),
        FrameType.Open => ToOpen(),
        _ => Invalid(ErrorCode.UnknownType, "There is no frame of this type."),
    };

    private readonly ClientFrame ToAck() => IsWrong(Field.Seq) || _seq is null or < 0 ? Bad("seq must be a whole number from 0.") : new AckFrame(_seq.Value);

    private readonly ClientFrame ToSend(int maxDataBytes)
    {
        if (IsWrong(Field.Id)) return Bad("id must be a string.");
        if (IsWrong(Field.To)) return Bad("to must be a string.");
        // Taken for false, it would store what was not to be stored.
        if (IsWrong(Field.Ephemeral)) return Bad("ephemeral must be true or false.");
        if (_hasId && !MessageId.TryParse(_id, out _)) return Bad("id must have 1 to 128 characters.");
        if (_data is not { } data) return Bad("data is missing.");
        if (!_hasId && !_ephemeral) return Invalid(ErrorCode.IdRequired, "A durable send needs an id that is unique over all of the sender's devices.");
        if (data.Length > maxDataBytes) return Invalid(ErrorCode.TooLarge, $"data may have {maxDataBytes} bytes.");
        if (!UserId.TryParse(_to, out var to)) return Invalid(ErrorCode.BadTarget, TargetRule);
        MessageId.TryParse(_id, out var id);
        return new SendFrame(id, to, data, _ephemeral);
    }

    private readonly ClientFrame ToOpen()
    {
        if (_token is null || IsWrong(Field.Token)) return Bad("open needs a token, which is a string.");
        if (IsWrong(Field.Resume)) return Bad("resume must have an epoch, a string, and a seq, a whole number from 0.");
        if (IsWrong(Field.Device)) return Bad(DeviceRule);
        if (_device is null) return new OpenFrame(_token, null, _resume);
        return DeviceId.TryParse(_device, out var device) ? new OpenFrame(_token, device, _resume) : Bad(DeviceRule);
    }

    private readonly bool IsWrong(Field field) => (_wrong & field) != 0;

    private readonly InvalidFrame Bad(string message) => Invalid(ErrorCode.BadFrame, message);

    // An id that is none would let a frame of any size come back.
    private readonly InvalidFrame Invalid(ErrorCode code, string message) => new(code, message, MessageId.TryParse(_id, out var id) ? id.Value : null);

    private static Field FieldOf(ref Utf8JsonReader reader)
    {
        try
        {
            if (reader.ValueTextEquals("type"u8)) return Field.Type;
            if (reader.ValueTextEquals("id"u8)) return Field.Id;
            if (reader.ValueTextEquals("to"u8)) return Field.To;
            if (reader.ValueTextEquals("data"u8)) return Field.Data;
            if (reader.ValueTextEquals("ephemeral"u8)) return Field.Ephemeral;
            if (reader.ValueTextEquals("seq"u8)) return Field.Seq;
            if (reader.ValueTextEquals("token"u8)) return Field.Token;
            if (reader.ValueTextEquals("device"u8)) return Field.Device;
            if (reader.ValueTextEquals("resume"u8)) return Field.Resume;
            return reader.ValueTextEquals("epoch"u8) ? Field.Epoch : Field.None;
        }
        catch (InvalidOperationException)
        {
            // An escaped surrogate that stands alone: JSON's grammar has it, Unicode does not, and no name of ours does.
            return Field.None;
        }
    }

    private FrameType Type(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return Wrong<FrameType>(ref reader, Field.Type);
        try
        {
            if (reader.ValueTextEquals("ack"u8)) return FrameType.Ack;
            if (reader.ValueTextEquals("send"u8)) return FrameType.Send;
            if (reader.ValueTextEquals("ping"u8)) return FrameType.Ping;
            if (reader.ValueTextEquals("open"u8)) return FrameType.Open;
        }
        catch (InvalidOperationException)
        {
            // No text at all, which is seen below.
        }
        return Text(ref reader, Field.Type) is null ? FrameType.None : FrameType.Unknown;
    }

    private string? Text(ref Utf8JsonReader reader, Field field)
    {
        if (reader.TokenType != JsonTokenType.String) return Wrong<string>(ref reader, field);
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // The same surrogate in a value.
            return Wrong<string>(ref reader, field);
        }
    }

    private long? Number(ref Utf8JsonReader reader, Field field) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : Wrong<long?>(ref reader, field);

    private bool Flag(ref Utf8JsonReader reader, Field field) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : Wrong<bool>(ref reader, field);

    private ResumePoint? Resume(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return Wrong<ResumePoint>(ref reader, Field.Resume);
        string? epoch = null;
        long? seq = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            if (field == Field.Epoch) epoch = Text(ref reader, Field.Resume);
            else if (field == Field.Seq) seq = Number(ref reader, Field.Resume);
            else reader.Skip();
        }
        if (!string.IsNullOrEmpty(epoch) && seq >= 0) return new ResumePoint(epoch, seq.Value);
        // One without the other says nothing: where to go on is a place in one life of the log.
        _wrong |= Field.Resume;
        return null;
    }

    private static JsonData Raw(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonData(utf8[start..(int)reader.BytesConsumed]);
    }

    private T? Wrong<T>(ref Utf8JsonReader reader, Field field)
    {
        _wrong |= field;
        reader.Skip();
        return default;
    }
}
