using System.Globalization;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A user's log as it lies in Redis, read past the nodes (src/Persistence.Redis/README.md says how it is laid out).</summary>
internal static class StoredLog
{
    /// <summary>The sequence numbers of all events, the newest snapshot's, and the highest that was given.</summary>
    private const string Read = """
        local entries, numbers = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'), {}
        for i = 2, #entries, 2 do numbers[#numbers + 1] = entries[i] end
        local snapshot = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2] or '0'
        return table.concat(numbers, ' ') .. ';' .. snapshot .. ';' .. redis.call('GET', KEYS[3])
        """;

    /// <summary>One log, and no fork: one event at each sequence number up to the highest, from the first, or from where the newest snapshot has what was before.</summary>
    /// <returns>The highest sequence number.</returns>
    public static async Task<long> AssertOneAsync(RedisProcess redis, string user)
    {
        var journal = $"journal:persisted:user-{user}";
        var parts = (await redis.AskAsync("EVAL", Read, "3", journal, $"snapshot:user-{user}", $"{journal}:highestSequenceNr")).Split(';');
        var events = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToList();
        var (snapshot, highest) = (Number(parts[1]), Number(parts[2]));
        var first = highest - events.Count + 1;
        Assert.Equal(Enumerable.Range(0, events.Count).Select(i => first + i), events);
        Assert.InRange(first, 1, snapshot + 1);
        return highest;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
