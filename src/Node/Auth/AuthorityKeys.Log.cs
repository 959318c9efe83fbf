namespace AkkaSockets.Node.Auth;

public sealed partial class AuthorityKeys
{
    [LoggerMessage(7001, LogLevel.Information, "Auth:Authority {Authority} has {Count} keys")]
    private static partial void LogFetched(ILogger logger, string authority, int count);

    [LoggerMessage(7002, LogLevel.Warning, "The keys of Auth:Authority {Authority} can't be had, and no token can be checked until they can: {Fault}")]
    private static partial void LogMissing(ILogger logger, string authority, string fault);

    [LoggerMessage(7003, LogLevel.Warning, "The keys of Auth:Authority {Authority} can't be had again; those it had before stay in force: {Fault}")]
    private static partial void LogKept(ILogger logger, string authority, string fault);
}
