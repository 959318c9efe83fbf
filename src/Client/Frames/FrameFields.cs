using System.Text.Json;

namespace AkkaSockets.Client.Frames;

/// <summary>The properties that any server frame may have. One of a wrong type counts as absent.</summary>
internal ref struct FrameFields
{
    private string? id, from, user, device, epoch, node, url, code, message, reason;
    private long? seq, head, first, ts, sockets, retryAfterMs, delayMs, graceMs;
    private bool resumed, gap, dup, retry;
    private ReadOnlySpan<byte> data;

    public string? Type { get; private set; }

    /// <summary>Takes the property that <paramref name="reader"/> stands on, and leaves it at the value's end.</summary>
    public void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> frame)
    {
        if (reader.ValueTextEquals("data"u8))
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            data = frame[start..(int)reader.BytesConsumed];
            return;
        }

        // Names are short and ours, so a property costs no string beyond its value.
        if (reader.ValueTextEquals("type"u8)) Type = Text(ref reader);
        else if (reader.ValueTextEquals("seq"u8)) seq = Number(ref reader);
        else if (reader.ValueTextEquals("id"u8)) id = Text(ref reader);
        else if (reader.ValueTextEquals("from"u8)) from = Text(ref reader);
        else if (reader.ValueTextEquals("ts"u8)) ts = Number(ref reader);
        else if (reader.ValueTextEquals("dup"u8)) dup = Flag(ref reader);
        else if (reader.ValueTextEquals("sockets"u8)) sockets = Number(ref reader);
        else if (reader.ValueTextEquals("user"u8)) user = Text(ref reader);
        else if (reader.ValueTextEquals("device"u8)) device = Text(ref reader);
        else if (reader.ValueTextEquals("epoch"u8)) epoch = Text(ref reader);
        else if (reader.ValueTextEquals("head"u8)) head = Number(ref reader);
        else if (reader.ValueTextEquals("first"u8)) first = Number(ref reader);
        else if (reader.ValueTextEquals("resumed"u8)) resumed = Flag(ref reader);
        else if (reader.ValueTextEquals("gap"u8)) gap = Flag(ref reader);
        else if (reader.ValueTextEquals("node"u8)) node = Text(ref reader);
        else if (reader.ValueTextEquals("url"u8)) url = Text(ref reader);
        else if (reader.ValueTextEquals("code"u8)) code = Text(ref reader);
        else if (reader.ValueTextEquals("message"u8)) message = Text(ref reader);
        else if (reader.ValueTextEquals("retry"u8)) retry = Flag(ref reader);
        else if (reader.ValueTextEquals("retryAfterMs"u8)) retryAfterMs = Number(ref reader);
        else if (reader.ValueTextEquals("reason"u8)) reason = Text(ref reader);
        else if (reader.ValueTextEquals("delayMs"u8)) delayMs = Number(ref reader);
        else if (reader.ValueTextEquals("graceMs"u8)) graceMs = Number(ref reader);
        else reader.Skip();
    }

    public readonly ServerFrame ToFrame() => Type switch
    {
        "msg" => new MessageFrame(new ReceivedMessage(seq, id, from, Math.Max(0, ts ?? 0), data.ToArray())),
        "ok" when id is not null => new OkFrame(id, seq, dup, (int?)sockets),
        "err" => new ErrFrame(id, code ?? "unknown", message ?? "", retry, Milliseconds(retryAfterMs)),
        "ready" => new ReadyFrame(
            user ?? "", device ?? "", epoch ?? throw new JsonException("A ready frame has an epoch."),
            seq ?? 0, head ?? 0, resumed, gap, first ?? 1, node, url),
        "reconnect" => new ReconnectFrame(
            reason, Milliseconds(delayMs) ?? TimeSpan.Zero, Milliseconds(graceMs) ?? TimeSpan.Zero, url),
        "hello" => new HelloFrame(),
        null => throw new JsonException("A frame has a type."),
        _ => new UnknownFrame(),
    };

    /// <summary>Bounded to an hour: more than that is a fault, and timers have limits.</summary>
    private static TimeSpan? Milliseconds(long? value) =>
        value is { } given ? TimeSpan.FromMilliseconds(Math.Clamp(given, 0, 3_600_000)) : null;

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)) return value;
        reader.Skip();
        return null;
    }

    private static bool Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.True) return true;
        reader.Skip();
        return false;
    }
}
