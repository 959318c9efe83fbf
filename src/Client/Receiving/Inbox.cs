namespace AkkaSockets.Client.Receiving;

/// <summary>
/// Messages between the sockets' read loops and the one consumer. Bounded by making the read loops wait; but a send's answer
/// stands behind the messages in the socket, so a consumer that awaits a send would wait for itself: while sends are
/// unanswered, nobody waits, and <see cref="IsOverfull"/> is the bound.
/// </summary>
internal sealed class Inbox(int capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<ReceivedMessage> queue = new();
    private TaskCompletionSource? arrival;
    private TaskCompletionSource? room;
    private int unanswered;
    private bool completed;
    private Exception? failure;

    public bool IsOverfull
    {
        get { lock (gate) return queue.Count >= capacity * 8; }
    }

    /// <summary>Whether it is worth asking again for what was let go of.</summary>
    public bool HasRoom
    {
        get { lock (gate) return queue.Count <= capacity / 2; }
    }

    public void Add(ReceivedMessage message)
    {
        TaskCompletionSource? waiter;
        lock (gate)
        {
            queue.Enqueue(message);
            (waiter, arrival) = (arrival, null);
        }

        waiter?.TrySetResult();
    }

    /// <summary>Completes when a read loop may read on.</summary>
    public Task RoomAsync()
    {
        lock (gate)
        {
            if (queue.Count < capacity || unanswered > 0 || completed) return Task.CompletedTask;
            room ??= NewWaiter();
            return room.Task;
        }
    }

    /// <summary>The next message; null once the client has been disposed and all were taken.</summary>
    /// <exception cref="ClientStoppedException">The client ended, and all were taken.</exception>
    public async ValueTask<ReceivedMessage?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task wait;
            TaskCompletionSource? released = null;
            ReceivedMessage? message;
            lock (gate)
            {
                if (queue.TryDequeue(out message))
                {
                    if (queue.Count < capacity) (released, room) = (room, null);
                }
                else if (completed)
                {
                    return failure is null ? null : throw failure;
                }
                else
                {
                    arrival ??= NewWaiter();
                }

                wait = arrival?.Task ?? Task.CompletedTask;
            }

            released?.TrySetResult();
            if (message is not null) return message;
            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A send was made whose answer is awaited: reading goes on until as many <see cref="Answered"/> came.</summary>
    public void Asked()
    {
        TaskCompletionSource? released;
        lock (gate)
        {
            unanswered++;
            (released, room) = (room, null);
        }

        released?.TrySetResult();
    }

    public void Answered()
    {
        lock (gate) unanswered--;
    }

    /// <summary>No more will be added; with <paramref name="reason"/>, the consumer is told that after the last one.</summary>
    public void Complete(Exception? reason)
    {
        TaskCompletionSource? waiter, released;
        lock (gate)
        {
            completed = true;
            failure = reason;
            (waiter, arrival) = (arrival, null);
            (released, room) = (room, null);
        }

        waiter?.TrySetResult();
        released?.TrySetResult();
    }

    private static TaskCompletionSource NewWaiter() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
