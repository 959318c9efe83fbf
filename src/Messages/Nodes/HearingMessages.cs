namespace AkkaSockets.Messages.Nodes;

/// <summary>Asks another member whether it still counts the asker as one; answered by <see cref="StillMember"/>, by <see cref="OtherCluster"/>, or not at all.</summary>
/// <param name="AskedAt">By the asker's own clock, which alone can read it: the answer brings it back.</param>
public sealed record AskIfMember(long AskedAt) : IClusterMessage;

/// <summary>The asker is a member as far as the answering one knows.</summary>
public sealed record StillMember(long AskedAt) : IClusterMessage;

/// <summary>The answering one is a member of a cluster that does not know the asker.</summary>
/// <param name="Members">How many are up in it, 1 or more.</param>
/// <param name="First">The first of their addresses in ordinal order, as Akka writes them.</param>
public sealed record OtherCluster(int Members, string First) : IClusterMessage;
