namespace AkkaSockets.Messages.Nodes;

/// <summary>What nodes tell each other of themselves and of the cluster, rather than of a user.</summary>
public interface INodeMessage : IClusterMessage;

/// <summary>
/// Which node each shard belongs to: <paramref name="Owners"/> has an index into <paramref name="Nodes"/> for each shard in order, −1 for one without a node. Of
/// two tables the one with the higher <paramref name="Version"/> is in force.
/// </summary>
public sealed record PlacementTable(long Version, IReadOnlyList<string> Nodes, IReadOnlyList<int> Owners) : INodeMessage;
