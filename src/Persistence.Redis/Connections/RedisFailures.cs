using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Connections;

/// <summary>The client library's exceptions in words that say what to do.</summary>
internal static class RedisFailures
{
    /// <summary>The exception to fail an operation with.</summary>
    public static Exception Translate(Exception cause, string operation, string persistenceId)
    {
        var what = $"The {operation} of '{persistenceId}' failed";
        return cause switch
        {
            RedisTimeoutException => Store(RedisFailureReason.TimedOut, $"{what}: Redis did not answer in time.", cause),
            RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
                Store(RedisFailureReason.Unauthorized, $"{what}: user, password or certificate was not accepted. {cause.Message}", cause),
            RedisConnectionException when IsReplicaOnly(cause.Message) => ReadOnly(what, cause.Message, cause),
            RedisConnectionException => Store(RedisFailureReason.Unreachable, $"{what}: Redis is not reachable. {cause.Message}", cause),
            RedisServerException => FromServer(what, cause.Message, cause),
            RedisCommandException when IsReplicaOnly(cause.Message) => ReadOnly(what, cause.Message, cause),
            RedisException => Store(RedisFailureReason.Other, $"{what}: {cause.Message}", cause),
            ObjectDisposedException => Store(RedisFailureReason.Unreachable, $"{what}: the connection to Redis is closed.", cause),
            _ => cause,
        };
    }

    /// <summary>The same, for what a script told of one of several logs.</summary>
    public static RedisStoreException Translate(string error, string operation, string persistenceId) =>
        FromServer($"The {operation} of '{persistenceId}' failed", error, cause: null);

    private static RedisStoreException FromServer(string what, string error, Exception? cause)
    {
        // In a script the server puts its code first as well, some versions after "ERR ".
        var message = error.StartsWith("ERR ", StringComparison.Ordinal) ? error[4..] : error;
        var code = message.Split(' ', 2)[0].TrimStart('-');
        return code switch
        {
            "OOM" => Store(RedisFailureReason.OutOfMemory,
                $"{what}: Redis is out of memory. Raise maxmemory, or delete something. {error}", cause),
            "READONLY" => ReadOnly(what, error, cause),
            "WRONGTYPE" => Store(RedisFailureReason.WrongType,
                $"{what}: something that is no log or snapshot stands at one of its keys. {error}", cause),
            "LOADING" or "MASTERDOWN" or "BUSY" or "CLUSTERDOWN" or "TRYAGAIN" =>
                Store(RedisFailureReason.NotReady, $"{what}: Redis is not ready yet. {error}", cause),
            "MISCONF" => Store(RedisFailureReason.CannotSave, $"{what}: Redis cannot write to its disk. {error}", cause),
            "NOAUTH" or "WRONGPASS" or "NOPERM" =>
                Store(RedisFailureReason.Unauthorized, $"{what}: Redis refused user, password or permissions. {error}", cause),
            _ when message.StartsWith("The user executing the script can't", StringComparison.Ordinal) =>
                Store(RedisFailureReason.Unauthorized, $"{what}: Redis refused permissions. {error}", cause),
            _ => Store(RedisFailureReason.Other, $"{what}: {error}", cause),
        };
    }

    private static bool IsReplicaOnly(string message) => message.Contains("replica", StringComparison.OrdinalIgnoreCase);

    private static RedisStoreException ReadOnly(string what, string error, Exception? cause) => Store(
        RedisFailureReason.ReadOnly, $"{what}: the server is a read-only replica. Point the connection string at the primary. {error}", cause);

    private static RedisStoreException Store(RedisFailureReason reason, string message, Exception? cause) => new(reason, message, cause);
}
