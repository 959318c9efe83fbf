using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Frames;

/// <summary>A frame that a client sent, checked for its form; what it may do is decided elsewhere.</summary>
public abstract record ClientFrame;

/// <summary>The first frame of a connection whose request carried no token; later, with a fresh token, it extends the stay.</summary>
public sealed record OpenFrame(string Token, DeviceId? Device, ResumePoint? Resume) : ClientFrame
{
    /// <summary>Without the token: who reads a log is not to become who sent it.</summary>
    public override string ToString() => $"{nameof(OpenFrame)} {{ Device = {Device}, Resume = {Resume} }}";
}

/// <summary>Everything up to <paramref name="Seq"/> was handled by this device.</summary>
public sealed record AckFrame(long Seq) : ClientFrame;

/// <summary>A message to <paramref name="To"/>; <paramref name="Id"/> is none only when <paramref name="Ephemeral"/>.</summary>
public sealed record SendFrame(MessageId Id, UserId To, JsonData Data, bool Ephemeral) : ClientFrame;

/// <summary>Answered by <c>pong</c>.</summary>
public sealed record PingFrame : ClientFrame
{
    public static readonly PingFrame Instance = new();
}

/// <summary>A frame that can't be carried out: the answer is an <c>err</c> with <paramref name="Code"/>, and <paramref name="Id"/> where the frame had one.</summary>
public sealed record InvalidFrame(ErrorCode Code, string Message, string? Id = null) : ClientFrame;
