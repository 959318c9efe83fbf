using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Simulate.Timeline;

/// <summary>The cluster that is simulated. Settings of the server are its own defaults, and those of k8s/base where it has others.</summary>
internal sealed record TimelineOptions
{
    public required int Nodes { get; init; }

    public required int Shards { get; init; }

    /// <summary>One for each user.</summary>
    public required double Sockets { get; init; }

    public ReconnectOptions Reconnect { get; init; } = new();

    public LimitsOptions Limits { get; init; } = new();

    public PlacementOptions Sharding { get; init; } = new() { RolloutMs = 60_000 };

    public DrainOptions Drain { get; init; } = new();

    /// <summary>From a shard's BeginHandOff until its users are served by the new owner.</summary>
    public TimeSpan HandOff { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>From a kill until the others have downed the node and its shards can start elsewhere.</summary>
    public TimeSpan Detection { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the end of a node's drain until the node is Up again, in a rolling deploy.</summary>
    public TimeSpan Restart { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>One step: the coordinator looks at the shards as often (<c>rebalance-interval</c>).</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>When a simulation is given up.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(24);
}
