namespace AkkaSockets.Messages.Users;

/// <summary>
/// Where a message comes from, for whoever measures its way; it changes nothing of what is done with it. <paramref name="ReceivedAt"/> is when the publish was
/// received, in UTC microseconds since 1970, 0 if that is not known; <paramref name="TraceParent"/> the span it began with (W3C Trace Context, section 3.2), null
/// when nobody records it.
/// </summary>
public readonly record struct Publication(long ReceivedAt, string? TraceParent = null);
