using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Snapshot;
using AkkaSockets.Persistence.Redis.Connections;
using AkkaSockets.Persistence.Redis.Layout;
using AkkaSockets.Persistence.Redis.Scripts;
using AkkaSockets.Persistence.Redis.Snapshots;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis;

/// <summary>
/// The snapshot store. Akka makes one for a system, persistent actors talk to it; it holds no state, so nothing is lost when it
/// dies. It keeps one snapshot for each sequence number.
/// </summary>
public sealed class RedisSnapshotStore : SnapshotStore
{
    private readonly RedisStore _store;
    private readonly SnapshotMember _snapshots;

    /// <param name="config">The block of HOCON that names this class.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    /// <exception cref="ConfigurationException">A setting is out of range.</exception>
    public RedisSnapshotStore(Config config)
    {
        var system = (ExtendedActorSystem)Context.System;
        var settings = PluginSettings.Read(config, system);
        _store = new RedisStore(settings, system);
        _snapshots = new SnapshotMember(new PayloadCodec(system, settings.MaxValueSize));
    }

    /// <summary>
    /// Takes saves past the base class, which would count a failed one in the breaker that recoveries go through, and delete
    /// afterwards what stands at its sequence number: with a save that is all or nothing, that could only be an earlier, good one,
    /// perhaps of events that are deleted.
    /// </summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (message is not SaveSnapshot save) return base.AroundReceive(receive, message);
        _ = SaveAndAnswerAsync(save, Sender, Self);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task<SelectedSnapshot> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken)
    {
        var found = await _store.RunAsync("snapshot-load", persistenceId, async redis =>
        {
            var key = redis.Keys.Snapshots(persistenceId);
            await foreach (var group in SnapshotGroups.NewestFirstAsync(redis.Database, key, criteria, cancellationToken).ConfigureAwait(false))
            {
                if (group.NewestWithin(criteria) is { } member) return _snapshots.Read(member, key);
            }
            return null;
        }, cancellationToken).ConfigureAwait(false);
        // Akka.NET's signature predates nullable references: null says that there is none.
        return found!;
    }

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken)
    {
        var member = _snapshots.Write(metadata, snapshot);
        return _store.RunAsync("snapshot-save", metadata.PersistenceId, redis =>
            RedisScript.ReplaceSnapshot.RunInOrderAsync(
                redis.Database, [redis.Keys.Snapshots(metadata.PersistenceId)], [metadata.SequenceNr, member]), cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata, CancellationToken cancellationToken) =>
        DeleteAsync(
            metadata.PersistenceId,
            new SnapshotSelectionCriteria(
                metadata.SequenceNr,
                metadata.Timestamp == DateTime.MinValue ? DateTime.MaxValue : metadata.Timestamp,
                metadata.SequenceNr),
            cancellationToken);

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        _store.RunAsync("snapshot-delete", persistenceId, redis =>
        {
            var key = redis.Keys.Snapshots(persistenceId);
            return criteria.MaxTimeStamp == DateTime.MaxValue && criteria.MinTimestamp is not { Ticks: > 0 }
                ? redis.Database.SortedSetRemoveRangeByScoreAsync(
                    key, criteria.MinSequenceNr, criteria.MaxSequenceNr, flags: CommandFlags.DemandMaster)
                : DeleteByTimeAsync(redis.Database, key, criteria, cancellationToken);
        }, cancellationToken);

    private async Task SaveAndAnswerAsync(SaveSnapshot save, IActorRef replyTo, IActorRef self)
    {
        var asked = save.Metadata;
        var metadata = asked.Timestamp == DateTime.MinValue
            ? new SnapshotMetadata(asked.PersistenceId, asked.SequenceNr, DateTime.UtcNow)
            : asked;
        try
        {
            await SaveAsync(metadata, save.Snapshot, CancellationToken.None).ConfigureAwait(false);
            replyTo.Tell(new SaveSnapshotSuccess(metadata), self);
        }
        catch (Exception e)
        {
            replyTo.Tell(new SaveSnapshotFailure(asked, e), self);
        }
    }

    private static async Task<long> DeleteByTimeAsync(
        IDatabase database, RedisKey key, SnapshotSelectionCriteria criteria, CancellationToken cancellation)
    {
        var deleted = 0L;
        await foreach (var group in SnapshotGroups.NewestFirstAsync(database, key, criteria, cancellation).ConfigureAwait(false))
        {
            // By their bytes: what was saved in their place meanwhile stays.
            foreach (var member in group.AllWithin(criteria))
                deleted += await database.SortedSetRemoveAsync(key, member, CommandFlags.DemandMaster).ConfigureAwait(false) ? 1 : 0;
        }
        return deleted;
    }
}
