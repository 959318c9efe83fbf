using System.Collections.Immutable;
using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Layout;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Journal;

/// <summary>What one call of the script appends to one log.</summary>
/// <param name="PersistenceId">Whose log.</param>
/// <param name="First">The first sequence number.</param>
/// <param name="Last">The last one, which becomes the log's highest.</param>
/// <param name="Arguments">The script's ARGV.</param>
internal sealed record Append(string PersistenceId, long First, long Last, RedisValue[] Arguments);

/// <summary>What the journal was told to write, serialised and sorted by log.</summary>
/// <param name="Appends">One for each persistence id.</param>
/// <param name="Rejections">For each AtomicWrite why it is not stored, or null; null altogether if all are.</param>
internal sealed record WriteBatch(IReadOnlyList<Append> Appends, IImmutableList<Exception?>? Rejections)
{
    /// <param name="writes">In the order in which they are to be stored.</param>
    /// <param name="events">Serialises.</param>
    /// <param name="now">UTC.</param>
    /// <exception cref="ArgumentException">The sequence numbers of a persistence id do not follow on one another.</exception>
    public static WriteBatch Of(IEnumerable<AtomicWrite> writes, EventMember events, DateTime now)
    {
        var logs = new Dictionary<string, Log>(StringComparer.Ordinal);
        var rejections = new List<Exception?>();
        foreach (var write in writes)
        {
            if (!logs.TryGetValue(write.PersistenceId, out var log)) logs[write.PersistenceId] = log = new Log(write.LowestSequenceNr);
            rejections.Add(log.Add(write, events, now));
        }
        return new WriteBatch(
            [.. logs.Select(l => l.Value.ToAppend(l.Key))], rejections.TrueForAll(r => r is null) ? null : rejections.ToImmutableList());
    }

    private sealed class Log
    {
        private readonly List<RedisValue> _members = [];
        private readonly long _first;
        private long _next;

        public Log(long first) => _first = _next = first;

        /// <returns>Why the write cannot be stored, or null.</returns>
        public Exception? Add(AtomicWrite write, EventMember events, DateTime now)
        {
            var before = _members.Count;
            Exception? rejection = null;
            foreach (var persistent in (IEnumerable<IPersistentRepresentation>)write.Payload)
            {
                if (persistent.SequenceNr != _next)
                    throw new ArgumentException(
                        $"Event {persistent.SequenceNr} of '{write.PersistenceId}' is to be written where {_next} is due.");
                // A rejected event uses up its number all the same: its actor goes on counting.
                _next++;
                if (rejection is not null) continue;
                try
                {
                    _members.Add(persistent.SequenceNr);
                    _members.Add(events.Write(persistent, now));
                }
                catch (Exception e)
                {
                    rejection = e;
                }
            }
            if (rejection is not null) _members.RemoveRange(before, _members.Count - before);
            return rejection;
        }

        public Append ToAppend(string persistenceId) => new(persistenceId, _first, _next - 1, [_first, _next - 1, .. _members]);
    }
}
