using System.Text;
using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>
/// A WebSocket client that does only what a test says, and writes anything. It answers pings; one with a small buffer, or that answers none, reads when asked
/// and no sooner. It ends with its node at the latest.
/// </summary>
internal sealed class RawSocket : IAsyncDisposable
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 4096 };
    private readonly RawConnection _connection;
    private readonly SemaphoreSlim _writing = new(1);

    private readonly FrameIntake? _intake;

    private RawSocket(RawConnection connection, HttpAnswer answer, bool readsWhenAsked)
    {
        (_connection, Answer) = (connection, answer);
        if (!readsWhenAsked) _intake = new FrameIntake(connection, SendAsync);
    }

    /// <summary>The 101.</summary>
    public HttpAnswer Answer { get; }

    public static Task<RawSocket> OpenAsync(NodeProcess node, string query = "", int? receiveBuffer = null, bool answersPings = true) =>
        OpenAsync(node, new Upgrade(query), receiveBuffer, answersPings);

    public static async Task<RawSocket> OpenAsync(NodeProcess node, Upgrade upgrade, int? receiveBuffer = null, bool answersPings = true) =>
        await OpenAsync(node, await RawConnection.OpenAsync(node.Clients, receiveBuffer), Encoding.Latin1.GetBytes(upgrade.ToString()), readsWhenAsked: receiveBuffer is not null || !answersPings);

    /// <summary>Over a connection that is there, whoever it leads through.</summary>
    public static Task<RawSocket> OpenAsync(NodeProcess node, RawConnection connection, Upgrade upgrade) =>
        OpenAsync(node, connection, Encoding.Latin1.GetBytes(upgrade.ToString()));

    /// <param name="request">The handshake, or what is left of it to send.</param>
    public static async Task<RawSocket> OpenAsync(NodeProcess node, RawConnection connection, ReadOnlyMemory<byte> request, bool readsWhenAsked = false)
    {
        await connection.WriteAsync(request);
        var answer = await connection.ReadAnswerAsync();
        node.Own(connection);
        if (answer.Status == 101) return new RawSocket(connection, answer, readsWhenAsked);
        throw new InvalidOperationException($"The upgrade was refused with {answer.Status}: {answer.Body}");
    }

    /// <summary>Opens a socket and reads its <c>ready</c>.</summary>
    public static async Task<(RawSocket Socket, JsonElement Ready)> ReadyAsync(NodeProcess node, string query, int? receiveBuffer = null)
    {
        var socket = await OpenAsync(node, query, receiveBuffer);
        return (socket, await socket.ReadAsync("ready"));
    }

    public Task SendAsync(string text) => SendAsync(new RawFrame(Opcode.Text, Encoding.UTF8.GetBytes(text)));

    public Task SendAsync(RawFrame frame) => WriteAsync(frame.ToBytes());

    /// <summary>Writes bytes as they are.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await _connection.WriteAsync(bytes);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next frame of any kind.</summary>
    public Task<RawFrame> ReadFrameAsync(TimeSpan? within = null) => _intake?.ReadAsync(within) ?? FrameIntake.ReadAsync(_connection, within);

    /// <summary>The next text frame, as JSON. Pings that keep coming do not prolong the wait.</summary>
    public async Task<JsonElement> ReadAsync(TimeSpan? within = null)
    {
        var patience = new Patience(within);
        while (true)
        {
            var frame = await ReadFrameAsync(patience.Left);
            if (frame.Opcode is Opcode.Ping or Opcode.Pong) continue;
            if (frame.Opcode == Opcode.Close) throw new InvalidOperationException($"Closed with {frame.CloseCode}: {frame.CloseReason}");
            return JsonDocument.Parse(frame.Payload, Deep).RootElement;
        }
    }

    /// <summary>The next text frame, which must be of this type.</summary>
    public async Task<JsonElement> ReadAsync(string type, TimeSpan? within = null)
    {
        var frame = await ReadAsync(within);
        Assert.True(frame.GetProperty("type").GetString() == type, $"Expected {type}, got {frame}");
        return frame;
    }

    /// <summary>The next frame of this type; what is before it is dropped.</summary>
    public async Task<JsonElement> ReadUntilAsync(string type)
    {
        while (true)
        {
            var frame = await ReadAsync();
            if (frame.GetProperty("type").GetString() == type) return frame;
        }
    }

    /// <summary>Reads up to the close, answers it, and sees the connection end.</summary>
    public async Task<(int Code, string Reason, IReadOnlyList<JsonElement> Before)> ReadCloseAsync(TimeSpan? within = null)
    {
        var before = new List<JsonElement>();
        var patience = new Patience(within);
        while (true)
        {
            var frame = await ReadFrameAsync(patience.Left);
            if (frame.Opcode == Opcode.Text) before.Add(JsonDocument.Parse(frame.Payload, Deep).RootElement);
            if (frame.Opcode != Opcode.Close) continue;
            await AnswerCloseAsync(frame);
            await ReadToEndAsync();
            return (frame.CloseCode, frame.CloseReason, before);
        }
    }

    /// <summary>Sees the connection end, with a close or without.</summary>
    public Task ReadToEndAsync(TimeSpan? within = null) =>
        _intake?.ReadToEndAsync(within ?? Eventually.Generous) ?? _connection.ReadToEndAsync(within ?? Eventually.Generous);

    /// <summary>Says goodbye as a client should, and hears the server's.</summary>
    public async Task CloseAsync()
    {
        await SendAsync(RawFrame.Close(1000));
        var patience = new Patience();
        while ((await ReadFrameAsync(patience.Left)).Opcode != Opcode.Close)
        {
        }
        await ReadToEndAsync();
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task AnswerCloseAsync(RawFrame close)
    {
        try
        {
            await SendAsync(RawFrame.Close(close.CloseCode));
        }
        catch (IOException)
        {
            // After a protocol error the server need not wait for the answer (RFC 6455 §7.1.7).
        }
    }
}
