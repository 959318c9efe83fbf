namespace AkkaSockets.Messages.Nodes;

/// <summary>What nodes tell each other of themselves and of the cluster, rather than of a user.</summary>
public interface INodeMessage : IClusterMessage;

/// <summary>
/// Which node each shard belongs to: <paramref name="Owners"/> has an index into <paramref name="Nodes"/> for each shard in order, −1 for one without a node. Of
/// two tables the one with the higher <paramref name="Version"/> is in force.
/// </summary>
public sealed record PlacementTable(long Version, IReadOnlyList<string> Nodes, IReadOnlyList<int> Owners) : INodeMessage;

/// <summary>
/// How a node is, told to each other one every second. <paramref name="Url"/> is what it advertises to clients, null for nothing; without
/// <paramref name="TakesSockets"/> it would refuse them.
/// </summary>
public sealed record NodeReport(string Node, string? Url, int Sockets, bool TakesSockets) : INodeMessage;
