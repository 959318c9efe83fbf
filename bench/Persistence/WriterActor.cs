using System.Diagnostics;
using Akka.Persistence;

namespace AkkaSockets.PersistenceBench;

/// <summary>Begin persisting, one event after the other, until the gauge closes.</summary>
internal sealed record Write(Gauge Gauge);

/// <summary>Persist so many events at once.</summary>
internal sealed record Fill(int Events, Countdown Filled);

/// <summary>
/// Persists its next event when the former one is acknowledged. Made by an <see cref="ActorContender"/>; a failed write ends it.
/// </summary>
/// <param name="persistenceId">Its log.</param>
/// <param name="event">What it persists.</param>
/// <param name="recovered">Told once it has recovered.</param>
/// <param name="events">How many events that must have brought; null if it does not matter.</param>
internal sealed class WriterActor(string persistenceId, BenchEvent @event, Countdown recovered, int? events) : UntypedPersistentActor
{
    private long _replayed;
    private Countdown? _doing;

    public override string PersistenceId => persistenceId;

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Write write:
                _doing = write.Gauge.Writers;
                PersistNext(write.Gauge);
                break;
            case Fill fill:
                _doing = fill.Filled;
                var left = fill.Events;
                PersistAll(Enumerable.Repeat(@event, fill.Events), _ =>
                {
                    if (--left == 0) fill.Filled.Signal();
                });
                break;
        }
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case BenchEvent:
                _replayed++;
                break;
            case RecoveryCompleted when events is null || _replayed == events:
                recovered.Signal();
                break;
            case RecoveryCompleted:
                recovered.Fail($"{persistenceId} saw {_replayed} events of {events}.");
                break;
        }
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => recovered.Fail(reason.Message);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _doing?.Fail(cause.Message);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _doing?.Fail(cause.Message);

    private void PersistNext(Gauge gauge)
    {
        var begun = Stopwatch.GetTimestamp();
        Persist(@event, _ =>
        {
            gauge.Acked(begun);
            if (gauge.IsOpen) PersistNext(gauge);
            else gauge.Writers.Signal();
        });
    }
}
