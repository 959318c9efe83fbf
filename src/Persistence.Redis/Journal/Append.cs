using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Layout;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Journal;

/// <summary>What is appended to one log, in one step.</summary>
/// <param name="persistenceId">Whose log.</param>
/// <param name="first">The first sequence number.</param>
internal sealed class Append(string persistenceId, long first)
{
    private readonly List<RedisValue> _values = new(2);

    public string PersistenceId => persistenceId;

    public long First => first;

    /// <summary>The last sequence number, which becomes the log's highest.</summary>
    public long Last { get; private set; } = first - 1;

    /// <summary>Score and member of each event to store.</summary>
    public IReadOnlyList<RedisValue> Values => _values;

    /// <summary>The size of the members.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds the events of a write: all, or none if one of them can't be serialised.</summary>
    /// <returns>Why the write cannot be stored, or null.</returns>
    /// <exception cref="ArgumentException">Its sequence numbers do not follow on the last one.</exception>
    public Exception? Add(AtomicWrite write, EventMember events, DateTime now)
    {
        var (count, bytes) = (_values.Count, Bytes);
        Exception? rejection = null;
        foreach (var persistent in (IEnumerable<IPersistentRepresentation>)write.Payload)
        {
            if (persistent.SequenceNr != Last + 1)
                throw new ArgumentException($"Event {persistent.SequenceNr} of '{persistenceId}' is to be written where {Last + 1} is due.");
            // A rejected event uses up its number all the same: its actor goes on counting.
            Last++;
            if (rejection is not null) continue;
            try
            {
                var member = events.Write(persistent, now);
                _values.Add(persistent.SequenceNr);
                _values.Add(member);
                Bytes += member.Length;
            }
            catch (Exception e)
            {
                rejection = e;
            }
        }
        if (rejection is null) return null;
        _values.RemoveRange(count, _values.Count - count);
        Bytes = bytes;
        return rejection;
    }

    /// <summary>Puts it into the script's ARGV.</summary>
    /// <returns>Where the next one goes.</returns>
    public int CopyTo(RedisValue[] arguments, int at)
    {
        arguments[at] = first;
        arguments[at + 1] = Last;
        arguments[at + 2] = _values.Count;
        _values.CopyTo(arguments, at + 3);
        return at + 3 + _values.Count;
    }
}
