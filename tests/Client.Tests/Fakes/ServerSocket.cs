using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace AkkaSockets.Client.Tests.Fakes;

/// <summary>The server's end of a socket.</summary>
internal sealed class ServerSocket
{
    private readonly WebSocket socket;
    private readonly TaskCompletionSource over;
    private readonly Action abort;
    private readonly Channel<JsonElement> frames = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerSocket(WebSocket socket, TaskCompletionSource over, Action abort)
    {
        (this.socket, this.over, this.abort) = (socket, over, abort);
        _ = ReadAsync();
    }

    /// <summary>What the answer to the client's close waits for.</summary>
    public Task AnswerClose { get; set; } = Task.CompletedTask;

    /// <summary>The client's close came.</summary>
    public Task Closing => closing.Task.Within();

    /// <summary>The client's close code; 1006 when the socket broke.</summary>
    public Task<int> Closed => closed.Task.Within();

    public Task ReadyAsync(
        long seq = 0, string epoch = "e1", bool resumed = true, bool gap = false, long first = 1, string device = "phone") =>
        SendAsync(new { type = "ready", user = "alice", device, epoch, seq, head = 99, resumed, gap, first, node = "n1" });

    public Task MessageAsync(long? seq, object? data = null) => seq is null
        ? SendAsync(new { type = "msg", ts = 1790000000000, data })
        : SendAsync(new { type = "msg", seq, id = "m" + seq, from = "bob", ts = 1790000000000, data });

    public Task OkAsync(JsonElement send, long seq, bool dup = false) =>
        SendAsync(new { type = "ok", id = send.Text("id"), seq, dup });

    public Task ErrAsync(JsonElement send, string code, bool retry, int? retryAfterMs = null) =>
        SendAsync(new { type = "err", id = send.Text("id"), code, message = "because", retry, retryAfterMs });

    public Task ReconnectAsync(int delayMs = 0, string? url = null) => url is null
        ? SendAsync(new { type = "reconnect", reason = "rebalance", delayMs, graceMs = 30000 })
        : SendAsync(new { type = "reconnect", reason = "rebalance", delayMs, graceMs = 30000, url });

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame));

    public Task SendTextAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).Within();

    public Task SendBinaryAsync() =>
        socket.SendAsync(new byte[3], WebSocketMessageType.Binary, true, CancellationToken.None).Within();

    /// <summary>The next frame that the client wrote.</summary>
    public Task<JsonElement> FrameAsync() => frames.Reader.ReadAsync().AsTask().Within();

    /// <summary>The next frame of this type; others before it are passed over.</summary>
    public async Task<JsonElement> FrameAsync(string type)
    {
        while (true)
        {
            var frame = await FrameAsync();
            if (frame.Text("type") == type) return frame;
        }
    }

    public Task CloseAsync(int code, string reason = "why") =>
        socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).Within();

    /// <summary>Breaks the TCP connection.</summary>
    public void Abort() => abort();

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 20];
        var code = 1006;
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                {
                    code = (int)socket.CloseStatus!.Value;
                    closing.TrySetResult();
                    await AnswerClose;
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
                    break;
                }

                using var frame = JsonDocument.Parse(buffer.AsMemory(0, length));
                frames.Writer.TryWrite(frame.RootElement.Clone());
            }
        }
        catch (Exception broken)
        {
            frames.Writer.TryComplete(broken);
        }

        frames.Writer.TryComplete();
        closed.TrySetResult(code);
        over.TrySetResult();
    }
}
