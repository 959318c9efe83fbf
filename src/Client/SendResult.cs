namespace AkkaSockets.Client;

/// <summary>What the server answered once a durable send was journaled.</summary>
/// <param name="Id">The message's id: yours, or the one made for you.</param>
/// <param name="Seq">Its place in the receiver's log.</param>
/// <param name="Dup">True when the log had it already: an earlier attempt had arrived.</param>
public readonly record struct SendResult(string Id, long Seq, bool Dup);
