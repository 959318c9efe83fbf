using System.Collections.Immutable;
using System.Globalization;
using Akka.Cluster;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// What this node has heard of placement: the table in force and who drains. Kept by <see cref="PlacementBoardActor"/>; read from any thread. It may lag behind
/// the coordinator by a gossip round.
/// </summary>
public sealed class PlacementBoard
{
    private volatile PublishedPlacement? _placement;
    private volatile ImmutableHashSet<string> _draining = [];
    private ImmutableHashSet<string> _drained = [];
    private volatile MovesPaused? _paused;

    /// <summary>Null until a coordinator has published one.</summary>
    public PublishedPlacement? Placement => _placement;

    /// <summary>Who holds moves of shards back; null while nobody does.</summary>
    public MovesPaused? Paused => _paused;

    /// <summary>Whether this process of the member has announced that it drains: another one at its address, after a restart, has not.</summary>
    public bool IsDraining(UniqueAddress member) => _draining.Contains(FlagOf(member));

    /// <summary>Whether a node of this name has drained since this node began to listen.</summary>
    public bool HasDrained(string nodeName) => _drained.Contains(nodeName);

    internal void SawDrain(string nodeName) => ImmutableInterlocked.Update(ref _drained, names => names.Add(nodeName));

    internal IEnumerable<string> DrainFlags => _draining;

    internal static string FlagOf(UniqueAddress member) => $"{member.Address}#{member.Uid}";

    internal void SetDraining(IEnumerable<string> flags) => _draining = [.. flags];

    internal void SetPaused(IEnumerable<string> flags)
    {
        _paused = flags.Select(MovesPaused.Parse).OfType<MovesPaused>().MinBy(one => one.Since);
        NodeMeters.MovesPaused.Record(_paused is null ? 0 : 1);
    }

    /// <summary>Takes the newer of two placements.</summary>
    internal void Offer(PublishedPlacement placement)
    {
        if (_placement is not { } known || known.Version < placement.Version) _placement = placement;
    }
}

/// <summary>A table as the coordinator published it.</summary>
public sealed record PublishedPlacement(long Version, ShardTable Table);

/// <summary>Moves of shards are held back, by an operator through node <paramref name="By"/>.</summary>
public sealed record MovesPaused(DateTimeOffset Since, string By)
{
    /// <summary>As it is replicated.</summary>
    internal string Flag => string.Create(CultureInfo.InvariantCulture, $"{Since.ToUnixTimeMilliseconds()} {By}");

    internal static MovesPaused? Parse(string flag) =>
        flag.Split(' ', 2) is [var ms, var by] && long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(since), by)
            : null;
}
