using System.Runtime.CompilerServices;
using Akka.Persistence;
using AkkaSockets.Persistence.Redis.Layout;
using AkkaSockets.Persistence.Redis.Scripts;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Snapshots;

/// <summary>The snapshots of one sequence number: one, or several where Akka.Persistence.Redis wrote them.</summary>
internal sealed record SnapshotGroup(string? Key, byte[][] Members)
{
    /// <summary>The newest one whose time is within bounds, or null.</summary>
    public byte[]? NewestWithin(SnapshotSelectionCriteria criteria) => AllWithin(criteria).MaxBy(m => SnapshotMember.ReadTimestamp(m, Key));

    /// <summary>All whose time is within bounds.</summary>
    public IEnumerable<byte[]> AllWithin(SnapshotSelectionCriteria criteria) => Members.Where(m =>
    {
        var time = SnapshotMember.ReadTimestamp(m, Key);
        return time <= criteria.MaxTimeStamp && (criteria.MinTimestamp is not { } min || time >= min);
    });
}

/// <summary>Walks through snapshots one sequence number at a time, so that no more of them are read than are looked at.</summary>
internal static class SnapshotGroups
{
    public static async IAsyncEnumerable<SnapshotGroup> NewestFirstAsync(
        IDatabase database, RedisKey key, SnapshotSelectionCriteria criteria, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RedisValue upper = criteria.MaxSequenceNr;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = await RedisScript.NewestSnapshots.RunAsync(database, [key], [upper, criteria.MinSequenceNr]).ConfigureAwait(false);
            var values = (RedisValue[])answer!;
            if (values.Length == 0) yield break;
            yield return new SnapshotGroup(key, [.. values.Skip(1).Select(m => (byte[])m!)]);
            upper = $"({values[0]}";
        }
    }
}
