using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Frames;

/// <summary>What <c>ready</c> says.</summary>
public sealed record ReadyFrame(UserId User, DeviceId Device, string Epoch, long Seq, long Head, long First, bool Resumed, bool Gap, string Node, string? Url);

/// <summary>Encodes each server frame once, as the UTF-8 bytes that go on the wire; <c>type</c> comes first.</summary>
public static class ServerFrameWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Waiting for <c>open</c>.</summary>
    public static ReadOnlyMemory<byte> Hello { get; } = """{"type":"hello","v":1}"""u8.ToArray();

    /// <summary>The answer to <c>ping</c>.</summary>
    public static ReadOnlyMemory<byte> Pong { get; } = """{"type":"pong"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Ready(ReadyFrame ready) => Write("ready", 320, ready, static (json, f) =>
    {
        json.WriteString("user", f.User.Value);
        json.WriteString("device", f.Device.Value);
        json.WriteString("epoch", f.Epoch);
        json.WriteNumber("seq", f.Seq);
        json.WriteNumber("head", f.Head);
        json.WriteBoolean("resumed", f.Resumed);
        json.WriteBoolean("gap", f.Gap);
        json.WriteNumber("first", f.First);
        json.WriteString("node", f.Node);
        if (f.Url is not null) json.WriteString("url", f.Url);
    });

    public static ReadOnlyMemory<byte> Message(LogMessage message) => Write("msg", 160 + message.Data.Length, message, static (json, m) =>
    {
        json.WriteNumber("seq", m.Seq);
        WriteBody(json, m.Id, m.From, m.Timestamp, m.Data);
    });

    public static ReadOnlyMemory<byte> Ephemeral(DeliverEphemeral message) => Write("msg", 140 + message.Data.Length, message, static (json, m) =>
        WriteBody(json, m.Id, m.From, m.Timestamp, m.Data));

    public static ReadOnlyMemory<byte> Ok(MessageAccepted accepted) => Write("ok", 120, accepted, static (json, a) =>
    {
        json.WriteString("id", a.Id.Value);
        json.WriteNumber("seq", a.Seq);
        json.WriteBoolean("dup", a.Duplicate);
    });

    public static ReadOnlyMemory<byte> Ok(EphemeralDelivered delivered) => Write("ok", 100, delivered, static (json, d) =>
    {
        if (!d.Id.IsNone) json.WriteString("id", d.Id.Value);
        json.WriteNumber("sockets", d.Sockets);
    });

    /// <param name="retryAfterMs">Milliseconds to wait before a repeat; written only where a repeat can help.</param>
    public static ReadOnlyMemory<byte> Error(ErrorCode code, string message, string? id, int retryAfterMs = 500) =>
        Write("err", 200, (code, message, id, retryAfterMs), static (json, e) =>
        {
            if (e.id is not null) json.WriteString("id", e.id);
            json.WriteString("code", e.code.Text());
            json.WriteString("message", e.message);
            json.WriteBoolean("retry", e.code.CanRetry());
            if (e.code.CanRetry()) json.WriteNumber("retryAfterMs", e.retryAfterMs);
        });

    public static ReadOnlyMemory<byte> Reconnect(ReconnectReason reason, int delayMs, int graceMs, string? url) =>
        Write("reconnect", 160, (reason, delayMs, graceMs, url), static (json, r) =>
        {
            json.WriteString("reason", r.reason switch
            {
                ReconnectReason.Rebalance => "rebalance",
                ReconnectReason.Drain => "drain",
                _ => "admin",
            });
            json.WriteNumber("delayMs", r.delayMs);
            json.WriteNumber("graceMs", r.graceMs);
            if (r.url is not null) json.WriteString("url", r.url);
        });

    private static void WriteBody(Utf8JsonWriter json, MessageId id, UserId? from, long timestamp, JsonData data)
    {
        if (!id.IsNone) json.WriteString("id", id.Value);
        if (from is { } user) json.WriteString("from", user.Value);
        json.WriteNumber("ts", timestamp);
        json.WritePropertyName("data");
        json.WriteRawValue(data.Utf8.Span, skipInputValidation: true);
    }

    private static ReadOnlyMemory<byte> Write<T>(string type, int sizeHint, T state, Action<Utf8JsonWriter, T> body)
    {
        var buffer = new ArrayBufferWriter<byte>(sizeHint);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("type", type);
        body(json, state);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
