using System.Globalization;
using Akka.Actor;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Node.Admin;

/// <summary>
/// Tells a follower which shards start and stop on this node, until it is disposed. Akka tells nobody of either, so the region is looked at often,
/// and only while somebody follows.
/// </summary>
internal sealed partial class ShardFollowing : IDisposable
{
    // What is told as a move's duration is no finer than this.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    // An event takes 20 bytes at the most, a remote message may have 128,000.
    private const int EventsAtOnce = 4096;

    private readonly CancellationTokenSource _stop = new();
    private readonly NodeFacts _facts;
    private readonly IActorRef _follower;
    private readonly TimeProvider _time;
    private Dictionary<int, int> _here = [];

    public ShardFollowing(NodeFacts facts, IActorRef follower, TimeProvider time, ILogger log)
    {
        (_facts, _follower, _time) = (facts, follower, time);
        _ = RunAsync(log);
    }

    public void Dispose() => _stop.Cancel();

    private async Task RunAsync(ILogger log)
    {
        try
        {
            var isFirst = true;
            using var ticks = new PeriodicTimer(LookEvery, _time);
            do
            {
                if (await _facts.ShardsAsync(_stop.Token).ConfigureAwait(false) is not { } shards) continue;
                Tell(shards.ToDictionary(shard => int.Parse(shard.Key, CultureInfo.InvariantCulture), shard => shard.Value), isFirst);
                isFirst = false;
            }
            while (await ticks.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Nobody follows any more.
        }
        catch (Exception fault)
        {
            LogFailed(log, fault);
        }
        finally
        {
            _stop.Dispose();
        }
    }

    private void Tell(Dictionary<int, int> now, bool isFirst)
    {
        var at = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var started = now.Where(shard => !_here.ContainsKey(shard.Key)).Select(shard => new ShardEvent(at, shard.Key, IsHere: true, shard.Value));
        var stopped = _here.Where(shard => !now.ContainsKey(shard.Key)).Select(shard => new ShardEvent(at, shard.Key, IsHere: false, shard.Value));
        ShardEvent[] events = [.. stopped, .. started];
        _here = now;
        if (events.Length == 0 && isFirst) _follower.Tell(new ShardNews(_facts.Name, IsFirst: true, []));
        foreach (var some in events.Chunk(EventsAtOnce)) _follower.Tell(new ShardNews(_facts.Name, isFirst, some));
    }

    [LoggerMessage(5101, LogLevel.Warning, "This node's shards can't be followed any more")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
