namespace AkkaSockets.Node.Lifecycle;

public sealed partial class DrainRoutine
{
    [LoggerMessage(4001, LogLevel.Information, "Draining: {Sockets} sockets have up to {DeadlineMs} ms to go elsewhere; a second Ctrl-C closes them now")]
    private static partial void LogBegins(ILogger logger, int sockets, long deadlineMs);

    [LoggerMessage(4002, LogLevel.Information, "Closing the {Sockets} sockets that are left")]
    private static partial void LogCloses(ILogger logger, int sockets);

    [LoggerMessage(4003, LogLevel.Information, "Drained")]
    private static partial void LogDone(ILogger logger);

    [LoggerMessage(4004, LogLevel.Information, "The node holds no shards any more and leaves")]
    private static partial void LogStopped(ILogger logger);
}
