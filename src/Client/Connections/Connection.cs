using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using AkkaSockets.Client.Frames;

namespace AkkaSockets.Client.Connections;

/// <summary>One socket: its read loop, its writer, and what became of it. Knows nothing of other sockets.</summary>
internal sealed class Connection(
    WebSocket socket, Uri url, TimeProvider timeProvider,
    Func<Connection, ServerFrame, ValueTask> onFrame, Action<Connection, Cause> onClosed)
{
    /// <summary>Far above what any server sends by its defaults; a frame past it is a fault, not a message.</summary>
    private const int MaxFrameBytes = 16 * 1024 * 1024;

    /// <summary>How long a close may stay unanswered.</summary>
    internal static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly SocketWriter writer = new(socket);
    private readonly TaskCompletionSource<bool> greeting = New<bool>();
    private readonly TaskCompletionSource<bool> ready = New<bool>();
    private readonly TaskCompletionSource<Cause> ended = New<Cause>();
    private readonly TaskCompletionSource<Cause> closed = New<Cause>();
    private ITimer? closeTimer;
    private int phase;

    public Uri Url => url;

    /// <summary>The life of the log that this socket's seqs count in; null before its <c>ready</c>.</summary>
    public string? Epoch { get; set; }

    /// <summary>Messages on it are let go of, for a later socket to bring again.</summary>
    public volatile bool Skipping;

    /// <summary>True when the first frame is <c>hello</c>; false when it is <c>ready</c>, or when the socket closed.</summary>
    public Task<bool> Greeting => greeting.Task;

    /// <summary>True once <c>ready</c> was taken in; false when the socket closed before.</summary>
    public Task<bool> Ready => ready.Task;

    /// <summary>Completes once another socket is wanted: this one closed, or said so.</summary>
    public Task<Cause> Ended => ended.Task;

    public Task<Cause> Closed => closed.Task;

    public void Start() => _ = ReadAsync();

    public bool Send(byte[] frame) => !closed.Task.IsCompleted && writer.Write(frame);

    public void Greet() => greeting.TrySetResult(true);

    /// <summary>Its <c>ready</c> came; false when it was given up already.</summary>
    public bool TryAdopt() => Interlocked.CompareExchange(ref phase, 1, 0) == 0;

    /// <summary>Nobody waits for its <c>ready</c> any more; false when that came already.</summary>
    public bool TryGiveUp() => Interlocked.CompareExchange(ref phase, 2, 0) == 0;

    /// <summary>Its <c>ready</c> was taken in.</summary>
    public void BecomeReady()
    {
        ready.TrySetResult(true);
        greeting.TrySetResult(false);
    }

    /// <summary>Asks for another socket while this one goes on. Only the first such wish counts.</summary>
    public void ComeBack(Cause cause) => ended.TrySetResult(cause);

    /// <summary>Closes politely, and breaks the socket if that goes unanswered for <see cref="CloseTimeout"/>.</summary>
    public void Close(int code, string reason)
    {
        if (closed.Task.IsCompleted) return;
        var timer = timeProvider.CreateTimer(
            static state => ((Connection)state!).Abort(), this, CloseTimeout, Timeout.InfiniteTimeSpan);
        Interlocked.Exchange(ref closeTimer, timer)?.Dispose();
        writer.Close(code, reason);
        if (closed.Task.IsCompleted) timer.Dispose();
    }

    public void Abort() => socket.Abort();

    private async Task ReadAsync()
    {
        Cause end;
        try
        {
            end = await ReadFramesAsync().ConfigureAwait(false);
        }
        catch (Exception broken)
        {
            end = Cause.Closed(CloseCodes.Abnormal, broken.Message, broken);
            socket.Abort();
        }

        closed.TrySetResult(end);
        greeting.TrySetResult(false);
        ready.TrySetResult(false);
        onClosed(this, end);
        ended.TrySetResult(end);

        // A close by the server is answered without keeping anybody waiting for that.
        if (socket.State == WebSocketState.CloseReceived)
        {
            writer.Close(CloseCodes.Normal, "");
            closeTimer ??= timeProvider.CreateTimer(
                static state => ((WebSocket)state!).Dispose(), socket, CloseTimeout, Timeout.InfiniteTimeSpan);
            return;
        }

        closeTimer?.Dispose();
        socket.Dispose();
    }

    private async Task<Cause> ReadFramesAsync()
    {
        while (true)
        {
            // Reading nothing waits for something to read, and holds no buffer meanwhile.
            var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
            if (waited.MessageType == WebSocketMessageType.Close) return CloseOf(socket);
            if (waited.EndOfMessage) throw new JsonException("An empty frame.");

            var buffer = ArrayPool<byte>.Shared.Rent(2048);
            ServerFrame frame;
            try
            {
                var length = 0;
                while (true)
                {
                    var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
                    if (part.MessageType == WebSocketMessageType.Close) return CloseOf(socket);
                    if (part.MessageType != WebSocketMessageType.Text) throw new JsonException("A binary frame.");
                    length += part.Count;
                    if (part.EndOfMessage) break;
                    if (length == buffer.Length) buffer = Grow(buffer);
                }

                frame = FrameReader.Read(buffer.AsSpan(0, length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            await onFrame(this, frame).ConfigureAwait(false);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= MaxFrameBytes) throw new InvalidDataException($"A frame of more than {MaxFrameBytes} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <summary>A close without a code (RFC 6455: 1005) counts as broken.</summary>
    private static Cause CloseOf(WebSocket socket) =>
        Cause.Closed(
            socket.CloseStatus is { } code and not WebSocketCloseStatus.Empty ? (int)code : CloseCodes.Abnormal,
            socket.CloseStatusDescription);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
