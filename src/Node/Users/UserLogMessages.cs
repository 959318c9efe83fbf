using Akka.Actor;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>What a UserActor and its log say to each other: it never leaves the node, so it needs no encoding.</summary>
internal interface IUserLogMessage : INoSerializationVerificationNeeded;

/// <summary>Open the device's cursor for this attachment; answered by <see cref="CursorOpened"/>.</summary>
internal sealed record OpenCursor(AttachHandler Attach) : IUserLogMessage;

internal sealed record CursorOpened(AttachHandler Attach, CursorPosition Position) : IUserLogMessage;

/// <summary>The cursor would have to be journaled, which the store does not take now.</summary>
internal sealed record CursorRefused(AttachHandler Attach) : IUserLogMessage;

/// <summary>The device has no socket any more.</summary>
internal sealed record DeviceLeft(DeviceId Device) : IUserLogMessage;

/// <summary>Read after <see cref="PullBacklog.After"/>; answered by <see cref="BacklogRead"/>.</summary>
internal sealed record ReadBacklog(PullBacklog Pull) : IUserLogMessage;

internal sealed record BacklogRead(PullBacklog Pull, IReadOnlyList<LogMessage> Messages, bool ReachesHead) : IUserLogMessage;

/// <summary>Describe the log to <paramref name="Asker"/>, by way of the UserActor, who knows the sockets.</summary>
internal sealed record DescribeLog(IActorRef Asker) : IUserLogMessage;

internal sealed record LogDescribed(IActorRef Asker, string Epoch, long Head, long First, IReadOnlyList<Cursor> Devices) : IUserLogMessage;

/// <summary>The log is in memory; <paramref name="Epoch"/> is another than before where its tail was lost.</summary>
internal sealed record LogOpened(string Epoch, long Head) : IUserLogMessage;

/// <summary>A message was journaled, in the life of the log that <paramref name="Epoch"/> names: those attached get it.</summary>
internal sealed record MessageLogged(LogMessage Message, string Epoch, Publication Publication) : IUserLogMessage;

/// <summary>Nobody asked the log for anything for a while.</summary>
internal sealed record LogIsQuiet : IUserLogMessage
{
    public static readonly LogIsQuiet Instance = new();
}

/// <summary>Journal what waits, then stop.</summary>
internal sealed record CloseLog : IUserLogMessage
{
    public static readonly CloseLog Instance = new();
}
