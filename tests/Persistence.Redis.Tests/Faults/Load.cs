using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;

namespace AkkaSockets.Persistence.Redis.Tests.Faults;

/// <summary>Ledgers of one system that each write one text after the other; each text again until it is acknowledged.</summary>
public sealed class Load
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(300);

    private readonly Writer[] _writers;
    private readonly Task[] _running;
    private volatile bool _stopping;

    public Load(ActorSystem system, int ledgers)
    {
        _writers = [.. Enumerable.Range(0, ledgers).Select(_ => new Writer(new LedgerClient(system, $"p-{Guid.NewGuid():N}")))];
        _running = [.. _writers.Select(w => Task.Run(() => RunAsync(w)))];
    }

    /// <summary>Why writes and recoveries failed, since the load began.</summary>
    public IEnumerable<Exception> Failures => _writers.SelectMany(w => w.Failures);

    /// <summary>Asserts that there were failures, all of them the store's, and none a rejection.</summary>
    /// <param name="refused">
    /// Whether writes may have been refused, too: a successor that recovered before Redis came to the write that its predecessor
    /// had given up is refused once.
    /// </param>
    public void FailedClearly(bool refused = true)
    {
        Assert.Contains(Failures, e => e is RedisStoreException);
        Assert.All(Failures, e => Assert.True(
            e is RedisStoreException or RecoveryTimedOutException || (refused && e is SecondWriterException), e.ToString()));
    }

    /// <summary>Waits until every ledger has had so many more texts acknowledged.</summary>
    /// <returns>How long the last of them took.</returns>
    public async Task<TimeSpan> AcknowledgedAsync(int more)
    {
        var start = Stopwatch.StartNew();
        var goals = _writers.Select(w => (w, w.Acknowledged + more)).ToArray();
        await UntilAsync(() => goals.All(g => g.w.Acknowledged >= g.Item2));
        return start.Elapsed;
    }

    /// <summary>Waits until every ledger has failed once more.</summary>
    public Task FailedAsync()
    {
        var goals = _writers.Select(w => (w, w.Failures.Count + 1)).ToArray();
        return UntilAsync(() => goals.All(g => g.w.Failures.Count >= g.Item2));
    }

    /// <summary>Stops, and asserts that each log holds exactly what was acknowledged, to Redis' own tools and to a recovery.</summary>
    /// <param name="connectionString">Where the logs are.</param>
    /// <param name="since">
    /// Null; or how many of each ledger's last texts have to be there, while of those before the tail may be lost that each kill
    /// cut off.
    /// </param>
    /// <returns>How many acknowledged texts are lost: 0 without <paramref name="since"/>.</returns>
    public async Task<int> StopAndCheckAsync(string connectionString, int? since = null)
    {
        _stopping = true;
        await Task.WhenAll(_running).WaitAsync(Limit);
        var lost = 0;
        foreach (var writer in _writers)
        {
            var acknowledged = Enumerable.Range(0, writer.Acknowledged).Select(n => $"t-{n}").ToArray();
            var log = await RawLog.ReadAsync(connectionString, writer.Client.PersistenceId);
            var kept = since is null ? acknowledged : [.. acknowledged.Where((t, n) => n >= acknowledged.Length - since || log.Texts.Contains(t))];
            log.Holds(kept);
            lost += acknowledged.Length - kept.Length;
            await writer.Client.ForgetAsync();
            Assert.Equal(kept, await writer.Client.ReadAsync());
        }
        return lost;
    }

    private async Task RunAsync(Writer writer)
    {
        for (var n = 0; !_stopping; n++)
        {
            while (!await AddAsync(writer, $"t-{n}")) await Task.Delay(10);
            writer.Acknowledged = n + 1;
        }
    }

    private static async Task<bool> AddAsync(Writer writer, string text)
    {
        try
        {
            await writer.Client.AddAsync(text);
            return true;
        }
        catch (Exception e)
        {
            writer.Failures.Enqueue(e);
            return false;
        }
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (Array.Find(_running, r => r.IsFaulted) is { } broken) await broken;
            if (waited.Elapsed > Limit) throw new TimeoutException($"Still not so. The last failures: {string.Join("\n", Failures.TakeLast(5).Select(f => f.Message))}");
            await Task.Delay(10);
        }
    }

    private sealed class Writer(LedgerClient client)
    {
        private int _acknowledged;

        public LedgerClient Client => client;

        public ConcurrentQueue<Exception> Failures { get; } = [];

        public int Acknowledged
        {
            get => Volatile.Read(ref _acknowledged);
            set => Volatile.Write(ref _acknowledged, value);
        }
    }
}
