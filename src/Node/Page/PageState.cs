namespace AkkaSockets.Node.Page;

/// <summary>The cluster at one moment, as the page is told once a second. Times are Unix ms, rates are a second.</summary>
/// <param name="Node">The node that tells.</param>
/// <param name="Shards"><c>Sharding:Shards</c></param>
/// <param name="Version">The placement's; null while none is published.</param>
/// <param name="Pending">What has yet to move, by from and to.</param>
/// <param name="Unplaced">Shards that no node has.</param>
internal sealed record PageState(
    long At, string Node, int Shards, long? Version, PausedState? Paused, IReadOnlyList<PageMember> Members, IReadOnlyList<PendingMoves> Pending, int Unplaced);

internal sealed record PausedState(long Since, string By);

internal sealed record PendingMoves(string From, string To, int Shards);

/// <summary>A member.</summary>
/// <param name="Status">In the cluster: Joining, Up, Leaving …</param>
/// <param name="CarriesUsers">False of Lighthouse.</param>
/// <param name="State">Its readiness in a word, as it last said; null before that.</param>
/// <param name="SilentMs">For how long it has not answered; null while it does.</param>
/// <param name="Shards">Those that are there now, and those placed there that nobody has asked for yet.</param>
/// <param name="Planned">Those that the placement in force has there.</param>
internal sealed record PageMember(
    string Node, string Address, string Status, bool Reachable, bool CarriesUsers, bool Self, bool Draining, string? State, long? SilentMs, int Shards, int Planned,
    int? Users, int? Sockets, long? StartedAt, string? Version, long? MemoryBytes, long? DrainEndsAt, long? ReconnectsPending, long? OutboxBytes, PageRates? Rates)
{
    /// <summary>Whether its shards are known, and with them what moves.</summary>
    public bool Followed { get; init; }
}

/// <summary>What a member did a second, over the last few.</summary>
internal sealed record PageRates(double Accepted, double Unavailable, double Deliveries, double Reconnects, double Closes);

/// <summary>A client was told to come back.</summary>
internal sealed record PageReconnect(long At, string Node, string User, string Device, string Reason);

/// <summary>What a page is told first.</summary>
/// <param name="HasPlayground">In Development there is one.</param>
internal sealed record PageHello(string Node, bool HasPlayground, IReadOnlyList<Admin.ShardMove> Moves, IReadOnlyList<PageReconnect> Reconnects);
