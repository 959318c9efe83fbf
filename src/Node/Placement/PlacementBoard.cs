using System.Collections.Immutable;
using Akka.Cluster;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// What this node has heard of placement: the table in force and who drains. Kept by <see cref="PlacementBoardActor"/>; read from any thread. It may lag behind
/// the coordinator by a gossip round.
/// </summary>
public sealed class PlacementBoard
{
    private volatile PublishedPlacement? _placement;
    private volatile ImmutableHashSet<string> _draining = [];

    /// <summary>Null until a coordinator has published one.</summary>
    public PublishedPlacement? Placement => _placement;

    /// <summary>Whether this process of the member has announced that it drains: another one at its address, after a restart, has not.</summary>
    public bool IsDraining(UniqueAddress member) => _draining.Contains(FlagOf(member));

    internal IEnumerable<string> DrainFlags => _draining;

    internal static string FlagOf(UniqueAddress member) => $"{member.Address}#{member.Uid}";

    internal void SetDraining(IEnumerable<string> flags) => _draining = [.. flags];

    /// <summary>Takes the newer of two placements.</summary>
    internal void Offer(PublishedPlacement placement)
    {
        if (_placement is not { } known || known.Version < placement.Version) _placement = placement;
    }
}

/// <summary>A table as the coordinator published it.</summary>
public sealed record PublishedPlacement(long Version, ShardTable Table);
