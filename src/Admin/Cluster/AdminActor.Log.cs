using Microsoft.Extensions.Logging;

namespace AkkaSockets.Admin.Cluster;

internal static partial class AdminActorLog
{
    [LoggerMessage(5002, LogLevel.Error, "No answer to {Query}")]
    public static partial void NoAnswer(this ILogger<AdminActor> log, string query, Exception fault);
}
