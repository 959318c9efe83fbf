using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using AkkaSockets.Persistence.Redis.Connections;
using AkkaSockets.Persistence.Redis.Journal;
using AkkaSockets.Persistence.Redis.Layout;
using AkkaSockets.Persistence.Redis.Scripts;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis;

/// <summary>
/// The journal. Akka makes one for a system, persistent actors talk to it; it holds no state, so nothing is lost when it dies.
/// Trouble with Redis fails a write, which stops the persistent actor; only what cannot be serialised is rejected.
/// </summary>
public sealed class RedisJournal : AsyncWriteJournal
{
    private readonly RedisStore _store;
    private readonly EventMember _events;
    private readonly AppendQueue _queue;
    private readonly int _pageSize;

    /// <param name="config">The block of HOCON that names this class.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    /// <exception cref="ConfigurationException">A setting is out of range.</exception>
    public RedisJournal(Config config)
    {
        var system = (ExtendedActorSystem)Context.System;
        var settings = PluginSettings.Read(config, system);
        _store = new RedisStore(settings, system);
        _events = new EventMember(new PayloadCodec(system, settings.MaxValueSize));
        var self = Self;
        _queue = new AppendQueue(_store, () => self.Tell(SendAppends.Instance));
        _pageSize = config.GetInt("replay-page-size", 500);
        if (_pageSize < 2) throw new ConfigurationException($"replay-page-size is {_pageSize}: it has to be 2 or more.");
    }

    /// <inheritdoc/>
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var batch = WriteBatch.Of(messages, _events, DateTime.UtcNow);
        var stored = batch.Appends is [var append] ? _queue.Add(append) : Task.WhenAll(batch.Appends.Select(_queue.Add));
        await stored.WaitAsync(cancellationToken).ConfigureAwait(false);
        // Akka.NET's signature predates nullable references: null says that nothing was rejected.
        return batch.Rejections!;
    }

    /// <inheritdoc/>
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // A successor that recovers while its predecessor's last write waits here has to see it.
        _queue.Send();
        return _store.RunAsync("highest", persistenceId, async redis =>
        {
            var key = redis.Keys.Highest(persistenceId);
            var stored = redis.Database.StringGetAsync(key, CommandFlags.DemandMaster);
            // Events without that number: other tools may have removed it.
            var tail = redis.Database.SortedSetRangeByRankWithScoresAsync(
                redis.Keys.Journal(persistenceId), -1, -1, Order.Ascending, CommandFlags.DemandMaster);
            var last = await tail.ConfigureAwait(false) is [var entry] ? (long)entry.Score : 0;
            var text = await stored.ConfigureAwait(false);
            if (text.IsNull) return last;
            return text.TryParse(out long highest)
                ? Math.Max(highest, last)
                : throw new RedisStoreException(RedisFailureReason.Unreadable, $"{key} does not hold a number.");
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback) =>
        _store.RunAsync("replay", persistenceId, redis =>
            ReplayAsync(redis.Database, redis.Keys.Journal(persistenceId), fromSequenceNr, toSequenceNr, max, recoveryCallback),
            CancellationToken.None);

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken)
    {
        // What is to be deleted may still wait here.
        _queue.Send();
        return _store.RunAsync("delete", persistenceId, redis => RedisScript.DeleteEvents.RunAsync(
            redis.Database, [redis.Keys.Journal(persistenceId), redis.Keys.Highest(persistenceId)], [toSequenceNr]), cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool ReceivePluginInternal(object message)
    {
        if (message is not SendAppends) return false;
        _queue.SendDue();
        return true;
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _queue.Send();
        base.PostStop();
    }

    private async Task<long> ReplayAsync(
        IDatabase database, RedisKey key, long from, long to, long max, Action<IPersistentRepresentation> callback)
    {
        var left = max;
        var limit = _pageSize;
        for (long? next = from; next is { } start && left > 0;)
        {
            var entries = await database.SortedSetRangeByScoreWithScoresAsync(
                key, start, to, take: limit, flags: CommandFlags.DemandMaster).ConfigureAwait(false);
            var page = ReplayPage.Of(entries, limit);
            if (entries.Length > 0 && page is { Entries.Count: 0, Next: null })
            {
                limit = checked(limit * 2);
                continue;
            }
            foreach (var entry in page.Entries)
            {
                var persistent = _events.Read((byte[])entry.Element!, entry.Score, key);
                if (persistent.IsDeleted) continue;
                callback(persistent);
                if (--left == 0) break;
            }
            next = page.Next;
        }
        return max - left;
    }

    /// <summary>To itself: what stood in the mailbox before this has been gathered.</summary>
    private sealed class SendAppends : INoSerializationVerificationNeeded
    {
        public static readonly SendAppends Instance = new();
    }
}
