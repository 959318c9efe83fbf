using System.Collections.Concurrent;

namespace AkkaSockets.Load;

/// <summary>
/// What was accepted and what came: the promise is that each accepted message comes once and in order, and every other one once or not at all. One
/// message is (receiver, seq); who sent it is known by its id.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<(int Receiver, string Id), byte> _delivered = new();
    private readonly ConcurrentDictionary<(int Receiver, string Id), byte> _accepted = new();
    private readonly long[] _lastSeq;
    private long _received, _duplicated, _reordered, _ephemeral, _refused;

    public Ledger(int users) => _lastSeq = new long[users];

    public long Accepted => _accepted.Count;

    public long Received => Interlocked.Read(ref _received);

    public long Duplicated => Interlocked.Read(ref _duplicated);

    public long Reordered => Interlocked.Read(ref _reordered);

    public long Ephemeral => Interlocked.Read(ref _ephemeral);

    /// <summary>Sends and publishes without an acceptance: each came once or not at all.</summary>
    public long Unaccepted => Interlocked.Read(ref _refused);

    public void Accept(int receiver, string id) => _accepted[(receiver, id)] = 0;

    public void Refuse() => Interlocked.Increment(ref _refused);

    /// <summary>Only one thread receives for a user.</summary>
    public void Receive(int receiver, long? seq, string? id)
    {
        if (seq is null)
        {
            Interlocked.Increment(ref _ephemeral);
            return;
        }
        Interlocked.Increment(ref _received);
        if (!_delivered.TryAdd((receiver, id ?? $"#{seq}"), 0)) Interlocked.Increment(ref _duplicated);
        if (seq <= _lastSeq[receiver]) Interlocked.Increment(ref _reordered);
        _lastSeq[receiver] = seq.Value;
    }

    /// <summary>What was accepted and has not come.</summary>
    public IReadOnlyList<(int Receiver, string Id)> Missing() => [.. _accepted.Keys.Where(key => !_delivered.ContainsKey(key))];
}
