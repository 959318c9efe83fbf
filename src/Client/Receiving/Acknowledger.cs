using AkkaSockets.Client.Connections;
using AkkaSockets.Client.Frames;

namespace AkkaSockets.Client.Receiving;

/// <summary>
/// Saves and acknowledges what was handled, in batches: after so many messages, or so long after the first of them. Saved
/// first, acknowledged then: the server may forget what it was told of, so the saved position must not be behind that.
/// </summary>
internal sealed class Acknowledger(AkkaSocketsClientOptions options, Action<Exception> report, CancellationToken life)
    : IDisposable
{
    private readonly Lock gate = new();
    private Connection? connection;
    private string? epoch;
    private long handled, acknowledged;
    private int unacknowledged;
    private ITimer? timer;
    private bool armed;
    private Position? saved;
    private Task? last;
    private TaskCompletionSource? waiting;

    /// <summary>From now on acknowledgements go to <paramref name="current"/>, and count in its log.</summary>
    public void Attach(Connection current)
    {
        lock (gate)
        {
            connection = current;
            if (epoch != current.Epoch) (epoch, handled, unacknowledged) = (current.Epoch, 0, 0);

            // Whether the last acknowledgement got through the socket before is not known, so it is said again.
            acknowledged = 0;
            if (handled > 0) Arm(options.AcknowledgeInterval);
        }
    }

    /// <summary>The consumer is done with everything up to <paramref name="message"/>.</summary>
    public void Handled(ReceivedMessage message)
    {
        lock (gate)
        {
            // A message from before the log began again has a seq that means another message now.
            if (message.Seq is not { } seq || message.Epoch != epoch || seq <= handled) return;
            handled = seq;
            if (++unacknowledged < options.AcknowledgeCount)
            {
                Arm(options.AcknowledgeInterval);
                return;
            }
        }

        _ = FlushAsync();
    }

    /// <summary>The server did not take an acknowledgement: say it again after <paramref name="delay"/>.</summary>
    public void Repeat(TimeSpan delay)
    {
        lock (gate)
        {
            if (handled == 0) return;
            acknowledged = 0;
            Arm(delay);
        }
    }

    /// <summary>
    /// Saves and acknowledges what is handled by now. Completes when that is written, or when it failed, which is
    /// reported and mended by the next one.
    /// </summary>
    public Task FlushAsync()
    {
        TaskCompletionSource done;
        Task? previous;
        lock (gate)
        {
            Disarm();
            unacknowledged = 0;

            // One may be at work; one more that has not begun covers everybody who asks meanwhile.
            if (waiting is not null) return waiting.Task;
            waiting = done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (previous, last) = (last, done.Task);
        }

        _ = FlushAfterAsync(previous, done);
        return done.Task;
    }

    public void Dispose()
    {
        lock (gate) timer?.Dispose();
    }

    private async Task FlushAfterAsync(Task? previous, TaskCompletionSource done)
    {
        try
        {
            if (previous is not null) await previous.ConfigureAwait(false);
            Position position;
            lock (gate)
            {
                waiting = null;
                if (epoch is null || handled == 0 || handled == acknowledged) return;
                position = new Position(epoch, handled);
            }

            if (options.Positions is { } store && saved != position)
                await store.SaveAsync(position, CancellationToken.None).ConfigureAwait(false);
            saved = position;
            lock (gate)
            {
                if (position.Epoch != epoch || connection?.Send(FrameWriter.Ack(position.Seq)) != true) return;
                acknowledged = position.Seq;
            }
        }
        catch (Exception notSaved)
        {
            lock (gate) Arm(options.AcknowledgeInterval);
            report(notSaved);
        }
        finally
        {
            done.TrySetResult();
        }
    }

    /// <summary>One timer per client, made with the first message and asleep while nothing is to be said.</summary>
    private void Arm(TimeSpan delay)
    {
        if (armed || life.IsCancellationRequested) return;
        armed = true;
        timer ??= options.TimeProvider.CreateTimer(
            static state => _ = ((Acknowledger)state!).FlushAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private void Disarm()
    {
        if (!armed) return;
        armed = false;
        timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
