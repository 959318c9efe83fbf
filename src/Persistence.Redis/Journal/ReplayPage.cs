using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Journal;

/// <summary>Which entries of a page may be replayed, and from where the next page goes on.</summary>
/// <param name="Entries">In order.</param>
/// <param name="Next">The sequence number that the next page starts with; null if this was the last.</param>
internal readonly record struct ReplayPage(ArraySegment<SortedSetEntry> Entries, long? Next)
{
    /// <summary>
    /// Akka.Persistence.Redis could store several events under one number (two writers at once). The last number of a full page
    /// may go on in the next, so it is left to that one. Counting how many to skip would be wrong: they may be deleted meanwhile.
    /// </summary>
    /// <param name="entries">What Redis answered, by rising score.</param>
    /// <param name="limit">How many were asked for.</param>
    /// <returns>No entries and no next page, if all of a full page have one number: ask for more.</returns>
    public static ReplayPage Of(SortedSetEntry[] entries, int limit)
    {
        if (entries.Length < limit) return new(entries, null);
        var last = entries[^1].Score;
        var whole = Array.FindIndex(entries, e => e.Score == last);
        return whole == 0 ? new(default, null) : new(new ArraySegment<SortedSetEntry>(entries, 0, whole), (long)last);
    }
}
