namespace AkkaSockets.Node.Api;

internal static partial class PublisherLog
{
    [LoggerMessage(3101, LogLevel.Error, "A publish failed")]
    public static partial void PublishFailed(this ILogger<Publisher> log, Exception fault);
}
