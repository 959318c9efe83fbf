using System.Diagnostics.Metrics;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Node.Telemetry;

/// <summary>
/// This process's totals of some of <see cref="NodeMeters"/>, for other members to ask, who have no Prometheus to ask for them. It counts from when it is made, so it is made with the
/// node. Safe from any thread.
/// </summary>
public sealed class ActivityTotals : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Total _accepted = new();
    private readonly Total _unavailable = new();
    private readonly Total _deliveries = new();
    private readonly Total _reconnects = new();
    private readonly Total _closes = new();
    private readonly Total _pending = new();
    private readonly Total _outbox = new();

    public ActivityTotals()
    {
        // Read before the listener starts: those that are made while it does would not be known yet.
        var totals = new Dictionary<Instrument, Total>
        {
            [NodeMeters.Messages] = _accepted,
            [NodeMeters.Deliveries] = _deliveries,
            [NodeMeters.ReconnectFrames] = _reconnects,
            [NodeMeters.Closes] = _closes,
            [NodeMeters.ReconnectPending] = _pending,
            [NodeMeters.OutboxBytes] = _outbox,
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (totals.TryGetValue(instrument, out var total)) listener.EnableMeasurementEvents(instrument, total);
        };
        _listener.Start();
    }

    /// <param name="drainEndsAt">By when the drain under way is to end, Unix ms; null where there is none.</param>
    public MemberActivity Read(long? drainEndsAt) => new(
        _accepted.Value, _unavailable.Value, _deliveries.Value, _reconnects.Value, _closes.Value, Math.Max(0, _pending.Value), Math.Max(0, _outbox.Value), drainEndsAt);

    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var total = (Total)state!;
        if (total != _accepted)
        {
            total.Add(value);
            return;
        }
        foreach (var tag in tags)
        {
            if (tag.Key != "result") continue;
            if (tag.Value is "accepted") _accepted.Add(value);
            else if (tag.Value is "unavailable") _unavailable.Add(value);
            return;
        }
    }

    private sealed class Total
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Add(long value) => Interlocked.Add(ref _value, value);
    }
}
