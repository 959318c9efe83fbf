namespace AkkaSockets.PersistenceBench;

/// <summary>Ends once each of so many has said that it is through, well or not. Safe from any thread.</summary>
internal sealed class Countdown
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;
    private int _failed;
    private string? _fault;

    public Countdown(int count)
    {
        _left = count;
        if (count == 0) _done.SetResult();
    }

    public Task Done => _done.Task;

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>What the first that failed said.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    public void Signal()
    {
        if (Interlocked.Decrement(ref _left) == 0) _done.SetResult();
    }

    public void Fail(string fault)
    {
        Interlocked.Increment(ref _failed);
        Interlocked.CompareExchange(ref _fault, fault, null);
        Signal();
    }
}
