namespace AkkaSockets.Node.Persistence;

/// <summary>
/// Whether work of one kind is worth giving to the store. It shuts after <see cref="Failures"/> failures in a row, whoever's; then one
/// try passes every <see cref="TrialEvery"/>, and the first success of anyone opens it for all. Safe from any thread.
/// </summary>
internal sealed class StoreGate(TimeProvider time)
{
    /// <summary>More than one user's own trouble makes while others succeed.</summary>
    public const int Failures = 5;

    public static readonly TimeSpan TrialEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A finding that nobody has confirmed for so long is none any more.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(30);

    private int _failures;
    private long _failedAt;
    private long _triedAt;

    public bool IsOpen => Volatile.Read(ref _failures) < Failures || time.GetElapsedTime(Volatile.Read(ref _failedAt)) >= ForgottenAfter;

    /// <summary>True where a try may be made now, which its success or failure is to follow.</summary>
    public bool TryPass()
    {
        if (IsOpen) return true;
        var last = Volatile.Read(ref _triedAt);
        return time.GetElapsedTime(last) >= TrialEvery && Interlocked.CompareExchange(ref _triedAt, time.GetTimestamp(), last) == last;
    }

    /// <summary>True where it was shut, and opens.</summary>
    public bool Succeeded() => Volatile.Read(ref _failures) != 0 && Interlocked.Exchange(ref _failures, 0) >= Failures;

    /// <summary>True where it was open, and shuts.</summary>
    public bool Failed()
    {
        if (time.GetElapsedTime(Volatile.Read(ref _failedAt)) >= ForgottenAfter) Interlocked.Exchange(ref _failures, 0);
        Volatile.Write(ref _failedAt, time.GetTimestamp());
        return Interlocked.Increment(ref _failures) == Failures;
    }

    /// <summary>Shuts it whatever was counted: somebody asked the store itself. True where it was open.</summary>
    public bool Shut()
    {
        var wasOpen = IsOpen;
        Volatile.Write(ref _failedAt, time.GetTimestamp());
        Interlocked.Exchange(ref _failures, Failures);
        return wasOpen;
    }
}
