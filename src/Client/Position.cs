namespace AkkaSockets.Client;

/// <summary>How far a device is in its user's log.</summary>
/// <param name="Epoch">Names one life of the log; opaque.</param>
/// <param name="Seq">The last message handled; 0 or more. Delivery resumes at the one after it.</param>
public readonly record struct Position(string Epoch, long Seq);
