namespace AkkaSockets.Node.Users;

internal sealed partial class UserLogActor
{
    // Without the stack: in an outage this comes once for each user, and the store's own log has the rest.
    [LoggerMessage(1001, LogLevel.Warning, "The log {PersistenceId} could not be written and is opened again shortly: {Reason}")]
    private static partial void LogWriteFailed(ILogger logger, string persistenceId, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "The log {PersistenceId} could not be read and is tried again shortly: {Reason}")]
    private static partial void LogRecoveryFailed(ILogger logger, string persistenceId, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "No snapshot of {PersistenceId} was taken, its events stay until the next one: {Reason}")]
    private static partial void LogSnapshotFailed(ILogger logger, string persistenceId, string reason);

    [LoggerMessage(1004, LogLevel.Warning, "What a snapshot of {PersistenceId} covers was not deleted, the next one tries again: {Reason}")]
    private static partial void LogDeleteFailed(ILogger logger, string persistenceId, string reason);

    [LoggerMessage(1005, LogLevel.Warning, "The store lost the newest of {PersistenceId}: {Count} acknowledged messages, still in memory here, are written again")]
    private static partial void LogRepaired(ILogger logger, string persistenceId, int count);
}
