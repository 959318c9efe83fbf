namespace AkkaSockets.LocalCluster;

/// <summary>What the command line said.</summary>
internal sealed record ClusterOptions
{
    /// <summary>Nodes at the start, 1 or more.</summary>
    public required int Nodes { get; init; }

    /// <summary>Where everything is kept; null: in a temporary folder, deleted at the end.</summary>
    public required string? Data { get; init; }

    /// <summary>Redis' <c>appendfsync</c>.</summary>
    public required string Fsync { get; init; }

    /// <summary>The backends' key; null: a new one.</summary>
    public required string? ApiKey { get; init; }

    /// <summary>Whether nodes name their own addresses to clients, as where no load balancer stands before them.</summary>
    public required bool Advertise { get; init; }

    /// <summary>Whether HAProxy stands before the nodes, as in k8s/. Nodes are then set up for it, as there.</summary>
    public required bool Balancer { get; init; }

    /// <summary>Any free ports instead of the usual ones.</summary>
    public required bool AnyPorts { get; init; }

    /// <summary>More settings of nodes, <c>Section:Key</c>; they win over this program's own.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
}
