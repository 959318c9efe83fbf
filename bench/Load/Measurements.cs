namespace AkkaSockets.Load;

/// <summary>What all users of a run count together, from any thread.</summary>
internal sealed class Measurements(int users)
{
    private readonly Histogram _durable = new(), _ephemeral = new();
    private long _ephemeralTold, _ephemeralFailed;

    public Ledger Ledger { get; } = new(users);

    /// <summary>From a durable send to its acknowledgement.</summary>
    public Histogram Answers { get; } = new();

    /// <summary>By reason.</summary>
    public Tally ReconnectFrames { get; } = new();

    /// <summary>By code: those that the server asked for, and 1006 for what broke.</summary>
    public Tally Closes { get; } = new();

    /// <summary>By code: those that led to a repeat, too.</summary>
    public Tally Errors { get; } = new();

    /// <summary>Sockets that ephemeral messages were written to, as the servers said.</summary>
    public long EphemeralTold => Interlocked.Read(ref _ephemeralTold);

    /// <summary>Ephemeral sends without an answer.</summary>
    public long EphemeralUnanswered => Interlocked.Read(ref _ephemeralFailed);

    /// <summary>From a send to what the receiver gets.</summary>
    public Histogram DeliveryOf(bool durable) => durable ? _durable : _ephemeral;

    public void EphemeralDelivered(int sockets) => Interlocked.Add(ref _ephemeralTold, sockets);

    public void EphemeralFailed() => Interlocked.Increment(ref _ephemeralFailed);
}
