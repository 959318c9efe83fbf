using System.Diagnostics;
using AkkaSockets.Load;

namespace AkkaSockets.Peers.Measuring;

/// <summary>The ledger of one measurement: which of its messages came, how often, how late. Safe from any thread.</summary>
/// <param name="first">The number of its first message; its others follow.</param>
/// <param name="most">As many messages at the most.</param>
/// <param name="copies">How many sockets each message is for.</param>
internal sealed class Window(long first, int most, int copies = 1)
{
    private readonly int[] _arrivals = new int[most];
    private readonly long[] _acknowledgedAt = new long[most];
    private readonly long[] _sentAt = new long[most];
    private long _received, _lastArrival;
    private int _sent;

    public Histogram Delivery { get; } = new();

    /// <summary>From a durable send to its acknowledgement.</summary>
    public Histogram Acknowledgement { get; } = new();

    public long First => first;

    public int Sent => Volatile.Read(ref _sent);

    public long Received => Interlocked.Read(ref _received);

    /// <summary>When the latest of them came, a timestamp.</summary>
    public long LastArrival => Interlocked.Read(ref _lastArrival);

    /// <summary>Deliveries that there should be once all have come.</summary>
    public long Expected => (long)Sent * copies;

    public bool IsComplete => Received >= Expected && Missing == 0;

    /// <summary>Deliveries that have not come.</summary>
    public long Missing => Enumerable.Range(0, Sent).Sum(i => (long)Math.Max(0, copies - Volatile.Read(ref _arrivals[i])));

    public long Duplicated => Enumerable.Range(0, Sent).Sum(i => (long)Math.Max(0, Volatile.Read(ref _arrivals[i]) - copies));

    public int AcknowledgedCount => _acknowledgedAt.Take(Sent).Count(at => at != 0);

    /// <summary>Acknowledged, and has not come.</summary>
    public int Lost => Enumerable.Range(0, Sent).Count(i => Volatile.Read(ref _acknowledgedAt[i]) != 0 && Volatile.Read(ref _arrivals[i]) == 0);

    /// <summary>To be told before each send, in the order of the numbers.</summary>
    public void Sending(long number, long sentAt)
    {
        _sentAt[number - first] = sentAt;
        Volatile.Write(ref _sent, (int)(number - first) + 1);
    }

    public void Arrived(long sentAt, long number)
    {
        if (!Has(number)) return;
        var now = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _arrivals[number - first]);
        Interlocked.Increment(ref _received);
        Interlocked.Exchange(ref _lastArrival, now);
        Delivery.Add(Stopwatch.GetElapsedTime(sentAt, now).TotalMilliseconds);
    }

    public void Acknowledged(long number)
    {
        if (!Has(number)) return;
        var now = Stopwatch.GetTimestamp();
        if (Interlocked.CompareExchange(ref _acknowledgedAt[number - first], now, 0) != 0) return;
        Acknowledgement.Add(Stopwatch.GetElapsedTime(_sentAt[number - first], now).TotalMilliseconds);
    }

    // One of an earlier measurement, late.
    private bool Has(long number) => number >= first && number < first + Sent;
}
