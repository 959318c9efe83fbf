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

    /// <summary>
    /// The same where a node comes back under the name of one that drained, in ms, 0 to 3,600,000; never less than <see cref="SettleMs"/>. Longer than a rolling
    /// deploy takes from one node's return to the next one's drain, and the deploy moves shards back once, at its end.
    /// </summary>
    [Between(0, 3_600_000)]
    public int RolloutMs { get; set; } = 10_000;

    public TimeSpan Rollout => TimeSpan.FromMilliseconds(Math.Max(SettleMs, RolloutMs));

    public TimeSpan Settle => TimeSpan.FromMilliseconds(SettleMs);
}
