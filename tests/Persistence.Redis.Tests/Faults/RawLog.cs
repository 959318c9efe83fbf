using System.Text;
using AkkaSockets.Persistence.Redis.Layout;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>What stands in Redis of one ledger, read past the journal.</summary>
public sealed record RawLog(double[] Scores, string[] Texts, string? Highest)
{
    /// <param name="connectionString">Where it is.</param>
    /// <param name="persistenceId">Whose it is.</param>
    /// <param name="tag">What a Redis Cluster has before the key.</param>
    public static async Task<RawLog> ReadAsync(string connectionString, string persistenceId, string tag = "")
    {
        var key = $"{tag}journal:persisted:{persistenceId}";
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var redis = multiplexer.GetDatabase();
        var members = await redis.SortedSetRangeByRankWithScoresAsync(key);
        return new(
            [.. members.Select(m => m.Score)],
            [.. members.Select(m => Encoding.UTF8.GetString(PersistentMessage.Parser.ParseFrom((byte[])m.Element!).Payload.Payload.Span))],
            await redis.StringGetAsync($"{key}:highestSequenceNr"));
    }

    /// <summary>No hole, no fork, and exactly these texts.</summary>
    public void Holds(IEnumerable<string> texts)
    {
        Assert.Equal(texts, Texts);
        HasNoHoleOrFork();
    }

    public void HasNoHoleOrFork()
    {
        Assert.Equal(Enumerable.Range(1, Texts.Length).Select(n => (double)n), Scores);
        Assert.Equal($"{Texts.Length}", Highest);
    }
}
