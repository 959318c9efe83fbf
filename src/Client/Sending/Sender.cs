using AkkaSockets.Client.Connections;
using AkkaSockets.Client.Frames;
using AkkaSockets.Client.Receiving;

namespace AkkaSockets.Client.Sending;

/// <summary>Sends over whatever socket is current: durable ones until they are answered, ephemeral ones once.</summary>
internal sealed class Sender(AkkaSocketsClientOptions options, Inbox inbox, CancellationToken life)
{
    /// <summary>Lines on their way at a time: below a server's burst of 100 frames, with room for acknowledgements.</summary>
    private const int Window = 32;

    private static readonly TimeSpan DefaultRetry = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly PendingSends pending = new(Window);
    private readonly Ephemerals ephemerals = new();
    private Connection? connection;
    private Func<Exception>? over;
    private int pauses;

    public async Task<SendResult> SendAsync(string to, ReadOnlyMemory<byte> json, string? id, CancellationToken cancellationToken)
    {
        id ??= NewId();
        var frame = Encode(id, to, json, ephemeral: false);
        var send = new PendingSend(id, to, frame);
        lock (gate)
        {
            CheckCapacity(id);
            if (!pending.TryAdd(send)) throw new ArgumentException($"A send with the id {id} is unanswered.", nameof(id));
        }

        inbox.Asked();
        try
        {
            Pump();
            return await send.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            inbox.Answered();
            Remove(send);
        }
    }

    public async Task<int> SendEphemeralAsync(string to, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var id = NewId();
        var frame = Encode(id, to, json, ephemeral: true);
        Task<int> answer;
        lock (gate)
        {
            CheckCapacity(id);
            if (connection is null) throw new ConnectionLostException("There is no connection now.");
            answer = ephemerals.Add(id, connection);
            if (!connection.Send(frame))
            {
                ephemerals.Remove(id);
                throw new ConnectionLostException("The connection is being closed.");
            }
        }

        inbox.Asked();
        try
        {
            return await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            inbox.Answered();
            lock (gate) ephemerals.Remove(id);
        }
    }

    /// <summary>From now on sends go to <paramref name="current"/>, the unanswered ones first.</summary>
    public void Attach(Connection current)
    {
        lock (gate)
        {
            connection = current;
            pending.RepeatAll();
        }

        Pump();
    }

    /// <summary><paramref name="lost"/> closed, for <paramref name="cause"/>.</summary>
    public void Detach(Connection lost, Cause cause)
    {
        PendingSend? tooLarge = null;
        lock (gate)
        {
            if (connection == lost) connection = null;
            ephemerals.Lose(lost, () => new ConnectionLostException($"The connection was {cause}"));

            // Without this, the frame that the server choked on would be repeated for ever.
            if (cause.CloseCode == CloseCodes.FrameTooBig)
            {
                tooLarge = pending.OnTheirWay.Where(send => send.WrittenTo == lost).MaxBy(send => send.Frame.Length);
                if (tooLarge is not null) pending.Remove(tooLarge);
            }
        }

        tooLarge?.Answer.TrySetException(
            new SendFailedException(tooLarge.Id, SendFailedException.TooLarge, "The server closed the socket over it.", false));
    }

    public void Ok(OkFrame ok)
    {
        PendingSend? send;
        lock (gate)
        {
            if (ephemerals.Answer(ok.Id, ok.Sockets ?? 0) || !pending.TryGet(ok.Id, out send)) return;
            pending.Remove(send);
        }

        send.Answer.TrySetResult(new SendResult(ok.Id, ok.Seq ?? 0, ok.Dup));
        Pump();
    }

    /// <summary>False when the error belongs to no send.</summary>
    public bool Err(Connection from, ErrFrame err)
    {
        if (err.Id is not { } id) return false;
        PendingSend? send;
        var delay = err.RetryAfter ?? DefaultRetry;
        var pauseAll = err.Code == "rate-limited";
        lock (gate)
        {
            var failure = new SendFailedException(id, err.Code, err.Message, err.Retry);
            if (ephemerals.Fail(id, failure)) return true;
            if (!pending.TryGet(id, out send)) return false;

            // It was written again, to a newer socket, whose answer will come.
            if (send.WrittenTo != from) return true;
            if (err.Retry)
            {
                pending.Hold(send);
                if (pauseAll) pauses++;
            }
            else
            {
                pending.Remove(send);
                send.Answer.TrySetException(failure);
            }
        }

        if (err.Retry) _ = RepeatLaterAsync(send, delay + (delay * (options.Jitter() / 2)), pauseAll);
        else Pump();
        return true;
    }

    /// <summary>Fails everything unanswered, and whatever comes yet.</summary>
    public void Stop(Func<Exception> reason)
    {
        PendingSend[] unanswered;
        lock (gate)
        {
            over = reason;
            connection = null;
            unanswered = [.. pending.All];
            ephemerals.Lose(null, reason);
        }

        foreach (var send in unanswered) send.Answer.TrySetException(reason());
    }

    private static string NewId() => Guid.CreateVersion7().ToString();

    private byte[] Encode(string id, string to, ReadOnlyMemory<byte> json, bool ephemeral)
    {
        ArgumentException.ThrowIfNullOrEmpty(to);
        if (id.Length is 0 or > 128) throw new ArgumentException("An id has 1 to 128 characters.", nameof(id));
        if (!FrameReader.IsJson(json.Span)) throw new ArgumentException("The payload is not one JSON value.", nameof(json));
        if (json.Length > options.MaxSendBytes)
        {
            throw new SendFailedException(
                id, SendFailedException.TooLarge, $"{json.Length} bytes, and at most {options.MaxSendBytes} are allowed.", false);
        }

        return FrameWriter.Send(id, to, json.Span, ephemeral);
    }

    private void CheckCapacity(string id)
    {
        if (over is not null) throw over();
        if (pending.Count + ephemerals.Count >= options.OutgoingCapacity)
        {
            throw new SendFailedException(
                id, SendFailedException.QueueFull, $"{options.OutgoingCapacity} sends are unanswered.", true);
        }
    }

    private void Pump()
    {
        lock (gate)
        {
            while (connection is not null && pauses == 0 && pending.TryNext(out var send))
            {
                // A socket that takes no more is closing; RepeatAll comes with the next one.
                send.WrittenTo = connection;
                connection.Send(send.Frame);
            }
        }
    }

    private void Remove(PendingSend send)
    {
        lock (gate) pending.Remove(send);
        Pump();
    }

    private async Task RepeatLaterAsync(PendingSend send, TimeSpan delay, bool pausedAll)
    {
        try
        {
            await Task.Delay(delay, options.TimeProvider, life).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client is stopping, which fails the send.
            return;
        }

        lock (gate)
        {
            if (pausedAll) pauses--;
            pending.Repeat(send);
        }

        Pump();
    }
}
