using System.Buffers.Binary;
using System.Diagnostics;
using StackExchange.Redis;

namespace AkkaSockets.PersistenceBench;

/// <summary>
/// What can't be undercut: the bare client doing for each event the transaction that the layout asks for, all writers pipelined
/// on one connection. No actors, no serialisation, nothing that refuses a second writer.
/// </summary>
internal sealed class FloorContender(IDatabase database, int bytes, Func<TimeSpan> serverCpu) : IContender
{
    // About what an event is in the journal beyond its payload: sequence number, persistence id, writer, time. A member as large as
    // the journal's, so that the server has the same to do.
    private const int Envelope = 72;

    // As many readers at once as there are recoveries: akka.hocon's max-concurrent-recoveries.
    private const int Readers = 50;

    private readonly List<Writer> _writers = [];
    private int _crews;
    private RedisKey[] _filled = [];
    private int _fillEvents;

    public string Name => "floor";

    public TimeSpan ServerCpu => serverCpu();

    public Task GatherAsync(int writers, CancellationToken stop)
    {
        var crew = _crews++;
        _writers.Clear();
        for (var i = 0; i < writers; i++) _writers.Add(new Writer(database, $"floor:{crew}-{i}", bytes + Envelope));
        return Task.CompletedTask;
    }

    public Task WriteAsync(Gauge gauge, CancellationToken stop) =>
        Task.WhenAll(_writers.Select(writer => Task.Run(() => writer.RunAsync(gauge), stop)));

    public async Task<long> DismissAsync(CancellationToken stop)
    {
        var counts = await Task.WhenAll(_writers.Select(writer => database.SortedSetLengthAsync(writer.Key))).WaitAsync(stop).ConfigureAwait(false);
        return counts.Sum();
    }

    public async Task FillAsync(int actors, int events, CancellationToken stop)
    {
        _fillEvents = events;
        _filled = [.. Enumerable.Range(0, actors).Select(i => (RedisKey)$"floor:filled-{i}")];
        foreach (var part in _filled.Chunk(500))
        {
            await Task.WhenAll(part.Select(async key =>
            {
                var entries = Enumerable.Range(1, events).Select(n => new SortedSetEntry(Writer.Member(bytes + Envelope, n), n)).ToArray();
                await database.SortedSetAddAsync(key, entries).ConfigureAwait(false);
                await database.StringSetAsync(Writer.HighestOf(key), events).ConfigureAwait(false);
            })).WaitAsync(stop).ConfigureAwait(false);
        }
    }

    public async Task<TimeSpan> RecoverAsync(CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = stop };
        await Parallel.ForEachAsync(_filled, options, async (key, _) =>
        {
            var highest = await database.StringGetAsync(Writer.HighestOf(key)).ConfigureAwait(false);
            var read = await database.SortedSetRangeByScoreWithScoresAsync(key, 1, (long)highest).ConfigureAwait(false);
            if (read.Length != _fillEvents) throw new BenchException($"{key} has {read.Length} events of {_fillEvents}.");
        }).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(begun);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Writer(IDatabase database, string id, int size)
    {
        private readonly RedisKey _highest = HighestOf(id);
        private long _sequenceNr;

        public RedisKey Key { get; } = id;

        public static RedisKey HighestOf(RedisKey key) => key.Append(":highestSequenceNr");

        public static byte[] Member(int size, long sequenceNr)
        {
            var member = new byte[size];
            BinaryPrimitives.WriteInt64LittleEndian(member, sequenceNr);
            return member;
        }

        public async Task RunAsync(Gauge gauge)
        {
            try
            {
                while (gauge.IsOpen)
                {
                    var begun = Stopwatch.GetTimestamp();
                    var next = ++_sequenceNr;
                    var transaction = database.CreateTransaction();
                    _ = transaction.SortedSetAddAsync(Key, Member(size, next), next);
                    _ = transaction.StringSetAsync(_highest, next);
                    if (!await transaction.ExecuteAsync().ConfigureAwait(false)) throw new BenchException("The transaction was not carried out.");
                    gauge.Acked(begun);
                }
                gauge.Writers.Signal();
            }
            catch (RedisException e)
            {
                gauge.Writers.Fail(e.Message);
            }
        }
    }
}
