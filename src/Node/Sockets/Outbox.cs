using System.Net.WebSockets;
using Akka.Actor;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// The one bounded queue and the one writer of a socket. The writer exists only while there is something to write: an idle
/// socket holds neither a task nor a buffer. Frames that wait go out in one write where the connection can gather them. Safe to call from any thread.
/// </summary>
/// <param name="maxLiveBytes">How much may wait before the socket counts as slow (<c>Limits:OutboxBytes</c>). A backlog, which its reader paces, does not count.</param>
/// <param name="closeWithin">How long a close may take before the connection is aborted.</param>
/// <param name="writes">What the socket writes on, where frames can be gathered.</param>
internal sealed class Outbox(WebSocket socket, int maxLiveBytes, TimeSpan closeWithin, TimeProvider time, IGathersWrites? writes = null) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private Waiting? _first, _last;
    private (CloseCode Code, string Reason)? _close;
    private TaskCompletionSource? _closed;
    private ITimer? _abort;
    private long _liveBytes;
    private IActorRef? _notify;
    private bool _writing, _broken;

    /// <summary>Live bytes that wait or are being written.</summary>
    public long LiveBytes => Interlocked.Read(ref _liveBytes);

    /// <summary>Queues a frame. False when it is live and more waits already than a socket that keeps up would have.</summary>
    /// <param name="publication">Of a live message: its way is measured to its end.</param>
    public bool TryEnqueue(ReadOnlyMemory<byte> frame, bool live, Publication publication = default)
    {
        lock (_gate)
        {
            if (_broken || _close is not null) return true;
            // Behind an empty queue anything goes: the bound is there for what a client does not take.
            if (live && _liveBytes > 0 && _liveBytes + frame.Length > maxLiveBytes) return false;
            if (live) AddLive(frame.Length);
            Append(new Waiting(frame, live, publication));
            StartWriting();
            return true;
        }
    }

    /// <summary>Tells <paramref name="handler"/> <see cref="OutboxDrained"/> as soon as nothing waits, which may be at once.</summary>
    public void NotifyWhenDrained(IActorRef handler)
    {
        lock (_gate)
        {
            _notify = handler;
            StartWriting();
        }
    }

    /// <summary>
    /// Closes after what waits, or instead of it; the task ends when the close frame is written. A later call changes nothing. A close
    /// that takes too long aborts the connection.
    /// </summary>
    public Task CloseAsync(CloseCode code, string reason, bool flush = true)
    {
        lock (_gate)
        {
            if (_broken) return Task.CompletedTask;
            if (_closed is not null) return _closed.Task;
            _close = (code, reason);
            _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!flush) (_first, _last) = (null, null);
            _abort = time.CreateTimer(static s => ((WebSocket)s!).Abort(), socket, closeWithin, Timeout.InfiniteTimeSpan);
            StartWriting();
            return _closed.Task;
        }
    }

    /// <summary>The connection ended: nothing is written any more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            (_broken, _first, _last) = (true, null, null);
            AddLive(-LiveBytes);
            _abort?.Dispose();
            _closed?.TrySetResult();
        }
    }

    private void StartWriting()
    {
        if (_writing) return;
        _writing = true;
        // Neither a task nor a delegate is made for it.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>The writer's own.</summary>
    void IThreadPoolWorkItem.Execute() => _ = WriteAllAsync();

    private void Append(Waiting waiting)
    {
        if (_last is null) _first = waiting;
        else _last.Next = waiting;
        _last = waiting;
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (TakeNext() is { } next)
            {
                using var span = Traces.Start("deliver", next.Publication);
                await socket.SendAsync(next.Frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
                OnWritten(next);
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The connection is gone; the reader sees the same and ends it.
            Stop();
            socket.Abort();
        }
    }

    private void OnWritten(Waiting written)
    {
        Traces.Delivered(written.Publication, time);
        if (!written.Live) return;
        lock (_gate)
        {
            if (!_broken) AddLive(-written.Frame.Length);
        }
    }

    private void AddLive(long bytes)
    {
        _liveBytes += bytes;
        NodeMeters.OutboxBytes.Add(bytes);
    }

    private Waiting? TakeNext()
    {
        IActorRef? notify;
        lock (_gate)
        {
            if (_first is { } next)
            {
                _first = next.Next;
                if (_first is null) _last = null;
                writes?.MoreFollows = _first is not null;
                return next;
            }
            if (!_broken && _close is { } close)
            {
                // Stays "writing" for good: nothing may follow a close frame (RFC 6455 §5.5.1). What was to follow the last frame may have been given up for it.
                writes?.MoreFollows = false;
                _ = SendCloseAsync(close.Code, close.Reason);
                return null;
            }
            (_writing, notify, _notify) = (false, _notify, null);
        }
        notify?.Tell(OutboxDrained.Instance);
        return null;
    }

    private async Task SendCloseAsync(CloseCode code, string reason)
    {
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)(int)code, reason, CancellationToken.None).ConfigureAwait(false);
            _closed?.TrySetResult();
        }
        catch (Exception e) when (IsLoss(e))
        {
            Stop();
            socket.Abort();
        }
    }

    private sealed class Waiting(ReadOnlyMemory<byte> frame, bool live, Publication publication)
    {
        public ReadOnlyMemory<byte> Frame => frame;

        public bool Live => live;

        public Publication Publication => publication;

        public Waiting? Next { get; set; }
    }

    private static bool IsLoss(Exception e) =>
        e is WebSocketException or ObjectDisposedException or IOException or OperationCanceledException or InvalidOperationException;
}
