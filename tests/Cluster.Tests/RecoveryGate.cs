namespace AkkaSockets.Cluster.Tests;

/// <summary>Holds the recoveries of a <see cref="SharedJournal"/> back on demand, as a slow store does, and counts how many are under way at a time.</summary>
internal sealed class RecoveryGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _held;
    private int _now;

    public int Now => Volatile.Read(ref _now);

    /// <summary>The most at a time since they were held.</summary>
    public int Most { get; private set; }

    public void Hold()
    {
        lock (_gate) (_held, Most) = (new(TaskCreationOptions.RunContinuationsAsynchronously), _now);
    }

    public void Release()
    {
        TaskCompletionSource? held;
        lock (_gate) (_held, held) = (null, _held);
        held?.SetResult();
    }

    public async Task PassAsync(Action recover)
    {
        Task held;
        lock (_gate)
        {
            _now++;
            Most = Math.Max(Most, _now);
            held = _held?.Task ?? Task.CompletedTask;
        }
        try
        {
            await held;
            recover();
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}
