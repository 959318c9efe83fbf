using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Redis;

/// <summary>The store is put back to what it was some time ago, as docs/operations.md has it.</summary>
public sealed class RestoringABackupSpec(ITestOutputHelper log)
{
    private const int Kept = 3;
    private const int Seen = 5;
    private const int Others = 10;

    [RedisFact]
    public async Task What_was_acknowledged_before_the_back_up_is_there_and_who_saw_more_is_told_and_misses_nothing_from_then_on()
    {
        // Rewritten every now and then, as a large file is.
        await using var redis = await RedisProcess.StartAsync(log, "always", "--auto-aof-rewrite-min-size", "16kb");
        string epochOfAlice, epochOfBob;
        int[] atLeast;
        await using (var node = await RedisNode.StartAsync(log, redis))
        {
            var (alice, readyAlice) = await RawSocket.ReadyAsync(node, "?user=alice&device=phone");
            (epochOfAlice, epochOfBob) = (readyAlice.Text("epoch"), (await RawSocket.ReadyAsync(node, "?user=bob&device=phone")).Ready.Text("epoch"));
            await PublishAsync(node, "alice", 1, Kept);
            await PublishAsync(node, "bob", 1, Kept);
            atLeast = await WhileOthersPublishAsync(node, redis.BackUpAsync);
            await PublishAsync(node, "alice", Kept + 1, Seen);
            for (var seq = 1; seq <= Seen; seq++) Assert.Equal(seq, (await alice.ReadAsync("msg")).Number("seq"));
        }

        await redis.KillAsync();
        redis.RestoreCopy();
        await redis.StartAsync();
        await using var next = await RedisNode.StartAsync(log, redis);

        // Alice saw what the log does not have any more: another one has begun.
        var (again, resumed) = await RawSocket.ReadyAsync(next, $"?user=alice&device=phone&epoch={epochOfAlice}&seq={Seen}");
        Assert.NotEqual(epochOfAlice, resumed.Text("epoch"));
        Assert.Equal((false, Kept), (resumed.Flag("resumed"), (int)resumed.Number("head")));
        Assert.Equal(Kept + 1, await next.Backend.PublishAsync("alice", "6", "m-6"));
        // She never acknowledged, so it begins at the first.
        Assert.Equal(["m-1", "m-2", "m-3", "m-6"], await ReadIdsAsync(again, Kept + 1));
        await StoredLog.AssertOneAsync(redis, "alice");

        // Bob saw nothing that is gone, and goes on.
        var (bob, same) = await RawSocket.ReadyAsync(next, $"?user=bob&device=phone&epoch={epochOfBob}&seq=2");
        Assert.Equal((epochOfBob, true, false), (same.Text("epoch"), same.Flag("resumed"), same.Flag("gap")));
        Assert.Equal(["m-3"], await ReadIdsAsync(bob, 1));

        // Who published meanwhile: each log is whole, up to some message of that time.
        for (var i = 0; i < Others; i++)
        {
            Assert.InRange((await next.Backend.DescribeAsync(NameOf(i))).Number("head"), atLeast[i], long.MaxValue);
            await StoredLog.AssertOneAsync(redis, NameOf(i));
        }
    }

    private static string NameOf(int other) => $"other-{other}";

    private static async Task PublishAsync(NodeProcess node, string user, int first, int last)
    {
        for (var i = first; i <= last; i++) Assert.Equal(i, await node.Backend.PublishAsync(user, $"{i}", $"m-{i}"));
    }

    /// <returns>What had been acknowledged to each before <paramref name="task"/> began.</returns>
    private static async Task<int[]> WhileOthersPublishAsync(NodeProcess node, Func<Task> task)
    {
        using var stop = new CancellationTokenSource();
        var acknowledged = new int[Others];
        var publishing = Enumerable.Range(0, Others).Select(async i =>
        {
            while (!stop.IsCancellationRequested) Volatile.Write(ref acknowledged[i], (int)await node.Backend.PublishAsync(NameOf(i), "1"));
        }).ToList();
        await Eventually.TrueAsync(() => acknowledged.All(seq => seq > Kept), "others publish");
        int[] before = [.. acknowledged];
        await task();
        Assert.All(publishing, other => Assert.False(other.IsCompleted));
        await stop.CancelAsync();
        await Task.WhenAll(publishing);
        return before;
    }

    private static async Task<List<string>> ReadIdsAsync(RawSocket socket, int count)
    {
        var ids = new List<string>();
        while (ids.Count < count) ids.Add((await socket.ReadAsync("msg")).Text("id"));
        return ids;
    }
}
