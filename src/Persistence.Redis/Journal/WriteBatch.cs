using System.Collections.Immutable;
using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Layout;

namespace AkkaSockets.Persistence.Redis.Journal;

/// <summary>What the journal was told to write, serialised and sorted by log.</summary>
/// <param name="Appends">One for each persistence id.</param>
/// <param name="Rejections">For each AtomicWrite why it is not stored, or null; null altogether if all are.</param>
internal readonly record struct WriteBatch(IReadOnlyList<Append> Appends, IImmutableList<Exception?>? Rejections)
{
    /// <param name="writes">In the order in which they are to be stored.</param>
    /// <param name="events">Serialises.</param>
    /// <param name="now">UTC.</param>
    /// <exception cref="ArgumentException">The sequence numbers of a persistence id do not follow on one another.</exception>
    public static WriteBatch Of(IEnumerable<AtomicWrite> writes, EventMember events, DateTime now)
    {
        // A call comes from one persistent actor, so this holds one as a rule: no dictionary.
        var appends = new List<Append>(1);
        List<Exception?>? rejections = null;
        var count = 0;
        foreach (var write in writes)
        {
            var append = appends.Find(a => a.PersistenceId == write.PersistenceId);
            if (append is null) appends.Add(append = new Append(write.PersistenceId, write.LowestSequenceNr));
            var rejection = append.Add(write, events, now);
            if (rejection is not null) rejections ??= [.. Enumerable.Repeat<Exception?>(null, count)];
            rejections?.Add(rejection);
            count++;
        }
        return new WriteBatch(appends, rejections?.ToImmutableList());
    }
}
