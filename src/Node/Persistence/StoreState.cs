using Akka.Actor;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaSockets.Node.Persistence;

/// <summary>
/// What this node knows of its store, from its probe and from its users' logs: whether reading and writing are worth a try, and who waits
/// for it. So an outage costs a few tries a second instead of one or more for each message, logs that are not tried stay in memory, and
/// the end of it is everybody's at once. Safe from any thread.
/// </summary>
public sealed partial class StoreState(TimeProvider time, ILogger<StoreState>? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger<StoreState>.Instance;
    private readonly StoreGate _reads = new(time);
    private readonly StoreGate _writes = new(time);
    private readonly Lock _gate = new();
    private readonly HashSet<IActorRef> _waiting = [];
    private volatile Action? _suspected;
    private long _answeredAt;
    private long _troubles;

    /// <summary>False while it does not answer, or refuses what is written.</summary>
    public bool IsWell => _reads.IsOpen && _writes.IsOpen;

    /// <summary>True while what is written fails, and is tried now and then only.</summary>
    public bool RefusesWrites => !_writes.IsOpen;

    /// <summary>Grows whenever it did not do what it was asked: between two equal counts it was not seen to fail.</summary>
    public long Troubles => Volatile.Read(ref _troubles);

    /// <summary>Whether a log may be read now.</summary>
    public bool MayRead() => _reads.TryPass();

    /// <summary>Whether something may be written now.</summary>
    public bool MayWrite() => _writes.TryPass();

    /// <summary>A log, or the probe, was read.</summary>
    public void Read()
    {
        Volatile.Write(ref _answeredAt, time.GetTimestamp());
        if (!_reads.Succeeded()) return;
        LogReads(_logger);
        Wake();
    }

    /// <summary>A log could not be read, which may be its own fault.</summary>
    public void ReadFailed()
    {
        Interlocked.Increment(ref _troubles);
        _suspected?.Invoke();
    }

    /// <summary>
    /// The store did not answer the probe for so long. False where it answered somebody else meanwhile: then the probe only waited behind a
    /// crowd, and to keep that crowd out would make it wait for longer.
    /// </summary>
    public bool Silent(TimeSpan since)
    {
        if (Volatile.Read(ref _answeredAt) is not 0 and var at && time.GetElapsedTime(at) < since) return false;
        Interlocked.Increment(ref _troubles);
        if (_reads.Shut()) LogSilent(_logger);
        return true;
    }

    public void Wrote()
    {
        Volatile.Write(ref _answeredAt, time.GetTimestamp());
        var wrote = _writes.Succeeded();
        if (wrote) LogWrites(_logger);
        if (_reads.Succeeded() || wrote) Wake();
    }

    public void WriteFailed(Exception cause)
    {
        Interlocked.Increment(ref _troubles);
        // A store that answers so works: many logs that lost their tail, or have a second writer, must not keep the others from writing.
        if (cause.GetBaseException() is SecondWriterException or RedisStoreException { Reason: RedisFailureReason.WrongType or RedisFailureReason.Unreadable }) return;
        if (_writes.Failed()) LogRefuses(_logger);
        _suspected?.Invoke();
    }

    /// <summary>The probe's own write failed: what was known is still so.</summary>
    public void TrialWriteFailed() => _writes.Failed();

    /// <summary>Has <paramref name="ask"/> called, from any thread, whenever somebody failed and the store itself should be asked why.</summary>
    public void WhenSuspected(Action? ask) => _suspected = ask;

    /// <summary>Has <paramref name="user"/> told <see cref="StoreIsBack"/> when the store, found failing, works again.</summary>
    public void Await(IActorRef user)
    {
        lock (_gate) _waiting.Add(user);
    }

    public void Forget(IActorRef user)
    {
        lock (_gate) _waiting.Remove(user);
    }

    // All at once: Akka lets max-concurrent-recoveries of them read at a time.
    private void Wake()
    {
        IActorRef[] waiting;
        lock (_gate)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }
        foreach (var user in waiting) user.Tell(StoreIsBack.Instance);
    }

    [LoggerMessage(3411, LogLevel.Warning, "The store can't be read: logs that are not in memory wait for it, and one try is made now and then")]
    private static partial void LogSilent(ILogger logger);

    [LoggerMessage(3412, LogLevel.Information, "The store can be read")]
    private static partial void LogReads(ILogger logger);

    [LoggerMessage(3413, LogLevel.Warning, "The store takes no writes: durable messages are refused until a try made now and then succeeds")]
    private static partial void LogRefuses(ILogger logger);

    [LoggerMessage(3414, LogLevel.Information, "The store takes writes")]
    private static partial void LogWrites(ILogger logger);
}

/// <summary>The store works again: a log that failed may be opened now.</summary>
internal sealed record StoreIsBack : INoSerializationVerificationNeeded
{
    public static readonly StoreIsBack Instance = new();
}
