using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages;

/// <summary>
/// Marks all that may cross to another node or into the store, replies included. Each such type has a manifest in
/// <see cref="Serialization.ClusterMessageSerializer"/>; a test walks the types and fails for one that has none.
/// </summary>
public interface IClusterMessage;

/// <summary>A command or query to one user's entity; routed by the user's shard.</summary>
public interface IWithUserId : IClusterMessage
{
    UserId User { get; }
}

/// <summary>An event or a snapshot in the store: its manifest and encoding are kept for as long as a log lives.</summary>
public interface IStored : IClusterMessage;
