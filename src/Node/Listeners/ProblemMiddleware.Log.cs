namespace AkkaSockets.Node.Listeners;

internal static partial class ProblemMiddlewareLog
{
    [LoggerMessage(3001, LogLevel.Error, "A request failed at {Endpoint}")]
    public static partial void RequestFailed(this ILogger<ProblemMiddleware> log, string? endpoint, Exception fault);
}
