using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Sockets;

internal sealed partial class SocketHandlerActor
{
    [LoggerMessage(2001, LogLevel.Debug, "Socket {Socket} of {User}, device {Device}, is attached to {Owner}; it comes from {Remote}")]
    private static partial void LogAttached(ILogger logger, SocketId socket, string user, string device, string owner, string remote);

    [LoggerMessage(2002, LogLevel.Debug, "Socket {Socket} of {User} ended with {Code}; it came from {Remote}")]
    private static partial void LogEnded(ILogger logger, SocketId socket, string? user, int code, string remote);
}
