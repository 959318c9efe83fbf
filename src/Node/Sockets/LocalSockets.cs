namespace AkkaSockets.Node.Sockets;

/// <summary>How many sockets this node holds, and when none is left.</summary>
public sealed class LocalSockets
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _none;

    public int Count { get; private set; }

    /// <summary>Who they are.</summary>
    public SocketDirectory Directory { get; } = new();

    public void Add()
    {
        lock (_gate) Count++;
    }

    public void Remove()
    {
        lock (_gate)
        {
            if (--Count > 0) return;
            _none?.TrySetResult();
            _none = null;
        }
    }

    /// <summary>Ends when the last socket has gone.</summary>
    public Task WhenNone()
    {
        lock (_gate)
        {
            if (Count == 0) return Task.CompletedTask;
            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _none.Task;
        }
    }
}
