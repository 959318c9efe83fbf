using System.Globalization;
using AkkaSockets.Persistence.Redis.Connections;

namespace AkkaSockets.Persistence.Redis.Journal;

/// <summary>An append that Redis has not answered yet.</summary>
internal sealed class PendingAppend(Append append)
{
    private const string Operation = "write";

    // Whoever waits goes on right where the answer is handed out: that is little, and a work item for each costs more.
    private readonly TaskCompletionSource _done = new();
    private readonly RedisPersistenceTelemetry.Timing _timing = RedisPersistenceTelemetry.Measure(Operation);

    public Append Append => append;

    /// <summary>Ends once the events are stored, or with why they are not.</summary>
    public Task Done => _done.Task;

    /// <param name="answer">The script's, for this log.</param>
    /// <param name="store">Explains faults.</param>
    public void Settle(string? answer, RedisStore store)
    {
        _timing.Dispose();
        if (answer == "OK") _done.TrySetResult();
        else if (long.TryParse(answer, CultureInfo.InvariantCulture, out var highest))
            _done.TrySetException(new SecondWriterException(append.PersistenceId, append.First, highest));
        else _done.TrySetException(store.Explain(answer ?? "The script gave no answer.", Operation, append.PersistenceId));
    }

    /// <param name="fault">Why there is no answer.</param>
    /// <param name="store">Explains faults.</param>
    public void Fail(Exception fault, RedisStore store)
    {
        _timing.Dispose();
        _done.TrySetException(store.Explain(fault, Operation, append.PersistenceId));
    }
}
