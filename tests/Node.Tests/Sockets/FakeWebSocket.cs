using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.Node.Tests.Sockets;

/// <summary>A web socket whose other side is the test: it keeps what is written, and holds writes up for as long as asked.</summary>
internal sealed class FakeWebSocket : WebSocket
{
    private readonly BlockingCollection<JsonElement> _written = [];
    private volatile TaskCompletionSource? _stuck;

    /// <summary>Takes each frame instead of <see cref="Next"/>.</summary>
    public Action<JsonElement>? Written { get; set; }

    public TaskCompletionSource<(int Code, string Reason)> Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <summary>Ends when a write has begun and is held up.</summary>
    public TaskCompletionSource Stuck { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on a write does not end until <see cref="Release"/>.</summary>
    public void GetStuck() => _stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref _stuck, null)?.SetResult();

    /// <summary>The next frame written; fails when none comes in 10 s.</summary>
    public JsonElement Next(string? type = null)
    {
        if (!_written.TryTake(out var frame, TimeSpan.FromSeconds(10))) throw new TimeoutException($"no frame {type} was written");
        if (type is not null) Assert.Equal(type, frame.GetProperty("type").GetString());
        return frame;
    }

    /// <summary>True when a frame of this type is the next one, within a second.</summary>
    public bool TryNext(string type) => _written.TryTake(out var frame, TimeSpan.FromSeconds(1)) && frame.GetProperty("type").GetString() == type;

    public void ExpectNothing(int ms = 150) => Assert.False(_written.TryTake(out var frame, ms), $"unexpected: {frame}");

    public (int Code, string Reason) ExpectClose() =>
        Closed.Task.Wait(TimeSpan.FromSeconds(10)) ? Closed.Task.Result : throw new TimeoutException("the socket was not closed");

    public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (_stuck is not null) Stuck.TrySetResult();
        if (_stuck is { } stuck) await Task.WhenAny(stuck.Task, Aborted.Task);
        if (Aborted.Task.IsCompleted) throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        var frame = JsonDocument.Parse(Encoding.UTF8.GetString(buffer)).RootElement;
        if (Written is { } taken) taken(frame);
        else _written.Add(frame, CancellationToken.None);
    }

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        Closed.TrySetResult(((int)closeStatus, statusDescription ?? ""));
        return Task.CompletedTask;
    }

    public override void Abort() => Aborted.TrySetResult();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override void Dispose()
    {
    }
}
