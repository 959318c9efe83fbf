namespace AkkaSockets.Node.Lifecycle.Health;

/// <summary>What <see cref="Readiness.Evaluate"/> judges.</summary>
public sealed record HealthFacts(string? ClusterStatus, bool IsDraining, bool IsRegionStarted, bool HasJournalAnswered, bool IsJournalAnswering)
{
    /// <summary>Why shards do not move now; null while they may.</summary>
    public string? MovesPaused { get; init; }

    /// <summary>What keeps a node that is Up from serving users, a sentence; null where nothing does.</summary>
    public string? Obstacle { get; init; }
}

/// <summary>One thing that was looked at, and what was seen.</summary>
public sealed record HealthCheck(string Name, bool Ok, string Detail);

public enum ReadinessStatus
{
    Ready = 1,

    /// <summary>Takes sockets, although the store does not answer: what is attached is held, and what needs no store works.</summary>
    Degraded = 2,

    /// <summary>Takes no new sockets.</summary>
    Unready = 3,
}

/// <summary>
/// Whether a balancer should send clients here. The journal counts only until it first answered: a shared store's outage would
/// else take every node out of the balancer at once, and turn sockets away that could have been held.
/// </summary>
public sealed record Readiness(ReadinessStatus Status, IReadOnlyList<HealthCheck> Checks)
{
    public static Readiness Evaluate(HealthFacts facts)
    {
        HealthCheck[] needed =
        [
            OfCluster(facts.ClusterStatus, facts.Obstacle),
            new("drain", !facts.IsDraining, facts.IsDraining ? "This node is draining." : "This node is not draining."),
            new("region", facts.IsRegionStarted, facts.IsRegionStarted ? "The users' shard region is started." : "The users' shard region is not started yet."),
        ];
        var journal = new HealthCheck("journal", facts.IsJournalAnswering, Describe(facts));
        var isReady = facts.HasJournalAnswered && needed.All(check => check.Ok);
        var verdict = !isReady ? ReadinessStatus.Unready : journal.Ok ? ReadinessStatus.Ready : ReadinessStatus.Degraded;
        // It makes nobody less ready, but whoever looks should see it.
        HealthCheck[] paused = facts.MovesPaused is { } why ? [new("moves", false, why)] : [];
        return new Readiness(verdict, [.. needed, journal, .. paused]);
    }

    /// <summary>Of a member that only has to be one, as Lighthouse: it is told to stop by leaving, so nothing else counts.</summary>
    public static Readiness OfMember(string? clusterStatus)
    {
        var cluster = OfCluster(clusterStatus, null);
        return new Readiness(cluster.Ok ? ReadinessStatus.Ready : ReadinessStatus.Unready, [cluster]);
    }

    private static HealthCheck OfCluster(string? status, string? obstacle) => status switch
    {
        null => new("cluster", false, "This node has not joined a cluster: it waits for its seeds (Cluster:Seeds)."),
        "Up" when obstacle is not null => new("cluster", false, obstacle),
        _ => new("cluster", status == "Up", $"This node is {status} in the cluster."),
    };

    private static string Describe(HealthFacts facts) => facts switch
    {
        { IsJournalAnswering: true } => "The store answers.",
        { HasJournalAnswered: true } => "The store does not answer, or takes no writes: durable messages and new users wait for it.",
        _ => "The store has not answered since the start (Persistence:*).",
    };
}
