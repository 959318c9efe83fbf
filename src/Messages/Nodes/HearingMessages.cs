namespace AkkaSockets.Messages.Nodes;

/// <summary>Asks another member whether it still counts the asker as one; answered by <see cref="StillMember"/>, or not at all.</summary>
/// <param name="AskedAt">By the asker's own clock, which alone can read it: the answer brings it back.</param>
public sealed record AskIfMember(long AskedAt) : IClusterMessage;

/// <summary>The asker is a member as far as the answering one knows.</summary>
public sealed record StillMember(long AskedAt) : IClusterMessage;
