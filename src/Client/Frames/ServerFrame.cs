namespace AkkaSockets.Client.Frames;

/// <summary>What the server may say. Anything else is <see cref="UnknownFrame"/>: newer servers may say more.</summary>
internal abstract record ServerFrame;

internal sealed record HelloFrame : ServerFrame;

internal sealed record ReadyFrame(
    string User, string Device, string Epoch, long Seq, long Head, bool Resumed, bool Gap, long First, string? Node, string? Url)
    : ServerFrame;

internal sealed record MessageFrame(ReceivedMessage Message) : ServerFrame;

internal sealed record OkFrame(string Id, long? Seq, bool Dup, int? Sockets) : ServerFrame;

internal sealed record ErrFrame(string? Id, string Code, string Message, bool Retry, TimeSpan? RetryAfter) : ServerFrame;

internal sealed record ReconnectFrame(string? Reason, TimeSpan Delay, TimeSpan Grace, string? Url) : ServerFrame;

internal sealed record UnknownFrame : ServerFrame;
