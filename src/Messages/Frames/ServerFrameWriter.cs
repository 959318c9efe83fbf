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

    // A thread that once wrote a long frame does not keep the room for it.
    private const int KeptBytes = 16_384;

    [ThreadStatic]
    private static Scratch? _scratch;

    /// <summary>Waiting for <c>open</c>.</summary>
    public static ReadOnlyMemory<byte> Hello { get; } = """{"type":"hello","v":1}"""u8.ToArray();

    /// <summary>The answer to <c>ping</c>.</summary>
    public static ReadOnlyMemory<byte> Pong { get; } = """{"type":"pong"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Ready(ReadyFrame ready) => Write("ready"u8, ready, static (json, f) =>
    {
        json.WriteString("user"u8, f.User.Value);
        json.WriteString("device"u8, f.Device.Value);
        json.WriteString("epoch"u8, f.Epoch);
        json.WriteNumber("seq"u8, f.Seq);
        json.WriteNumber("head"u8, f.Head);
        json.WriteBoolean("resumed"u8, f.Resumed);
        json.WriteBoolean("gap"u8, f.Gap);
        json.WriteNumber("first"u8, f.First);
        json.WriteString("node"u8, f.Node);
        if (f.Url is not null) json.WriteString("url"u8, f.Url);
    });

    public static ReadOnlyMemory<byte> Message(LogMessage message) => Write("msg"u8, message, static (json, m) =>
    {
        json.WriteNumber("seq"u8, m.Seq);
        WriteBody(json, m.Id, m.From, m.Timestamp, m.Data);
    });

    public static ReadOnlyMemory<byte> Ephemeral(DeliverEphemeral message) => Write("msg"u8, message, static (json, m) =>
        WriteBody(json, m.Id, m.From, m.Timestamp, m.Data));

    public static ReadOnlyMemory<byte> Ok(MessageAccepted accepted) => Write("ok"u8, accepted, static (json, a) =>
    {
        json.WriteString("id"u8, a.Id.Value);
        json.WriteNumber("seq"u8, a.Seq);
        json.WriteBoolean("dup"u8, a.Duplicate);
    });

    public static ReadOnlyMemory<byte> Ok(EphemeralDelivered delivered) => Write("ok"u8, delivered, static (json, d) =>
    {
        if (!d.Id.IsNone) json.WriteString("id"u8, d.Id.Value);
        json.WriteNumber("sockets"u8, d.Sockets);
    });

    /// <param name="retryAfterMs">Milliseconds to wait before a repeat; written only where a repeat can help.</param>
    public static ReadOnlyMemory<byte> Error(ErrorCode code, string message, string? id, int retryAfterMs = 500) =>
        Write("err"u8, (code, message, id, retryAfterMs), static (json, e) =>
        {
            if (e.id is not null) json.WriteString("id"u8, e.id);
            json.WriteString("code"u8, e.code.Text());
            json.WriteString("message"u8, e.message);
            json.WriteBoolean("retry"u8, e.code.CanRetry());
            if (e.code.CanRetry()) json.WriteNumber("retryAfterMs"u8, e.retryAfterMs);
        });

    public static ReadOnlyMemory<byte> Reconnect(ReconnectReason reason, int delayMs, int graceMs, string? url) =>
        Write("reconnect"u8, (reason, delayMs, graceMs, url), static (json, r) =>
        {
            json.WriteString("reason"u8, r.reason switch
            {
                ReconnectReason.Rebalance => "rebalance",
                ReconnectReason.Drain => "drain",
                _ => "admin",
            });
            json.WriteNumber("delayMs"u8, r.delayMs);
            json.WriteNumber("graceMs"u8, r.graceMs);
            if (r.url is not null) json.WriteString("url"u8, r.url);
        });

    private static void WriteBody(Utf8JsonWriter json, MessageId id, UserId? from, long timestamp, JsonData data)
    {
        if (!id.IsNone) json.WriteString("id"u8, id.Value);
        if (from is { } user) json.WriteString("from"u8, user.Value);
        json.WriteNumber("ts"u8, timestamp);
        json.WritePropertyName("data"u8);
        json.WriteRawValue(data.Utf8.Span, skipInputValidation: true);
    }

    private static ReadOnlyMemory<byte> Write<T>(ReadOnlySpan<byte> type, T state, Action<Utf8JsonWriter, T> body)
    {
        var scratch = _scratch ??= new Scratch();
        var json = scratch.Begin();
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        body(json, state);
        json.WriteEndObject();
        json.Flush();
        var frame = scratch.Buffer.WrittenSpan.ToArray();
        if (scratch.Buffer.Capacity > KeptBytes) _scratch = null;
        return frame;
    }

    /// <summary>What each thread writes in, so that a frame costs its own bytes and no more.</summary>
    private sealed class Scratch
    {
        private readonly Utf8JsonWriter _json;

        public Scratch() => _json = new Utf8JsonWriter(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(1024);

        public Utf8JsonWriter Begin()
        {
            // Whatever a frame that could not be written has left goes first.
            Buffer.ResetWrittenCount();
            _json.Reset(Buffer);
            return _json;
        }
    }
}
