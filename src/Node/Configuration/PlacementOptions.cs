namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Sharding</c>: how users are spread.</summary>
[Section("Sharding")]
public sealed class PlacementOptions
{
    /// <summary>1 to 65,536, fixed for the life of a cluster: another number would move every user. 256 keep up to 12 nodes even.</summary>
    [Between(1, 65_536)]
    public int Shards { get; set; } = 256;

    /// <summary>
    /// Membership must have been stable this long before shards move, so that two joins make one rebalance, in ms, 0 to 600,000.
    /// </summary>
    [Between(0, 600_000)]
    public int SettleMs { get; set; } = 2_000;

    public TimeSpan Settle => TimeSpan.FromMilliseconds(SettleMs);
}
