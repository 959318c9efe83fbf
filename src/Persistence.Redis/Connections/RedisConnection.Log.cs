using Microsoft.Extensions.Logging;

namespace AkkaSockets.Persistence.Redis.Connections;

/// <summary>What a connection logs. Defined by hand: the generator would be one package more for whoever uses this one.</summary>
internal static class RedisConnectionLog
{
    private static readonly Action<ILogger, string, string, Exception?> PrimaryUnknownMessage =
        LoggerMessage.Define<string, string>(LogLevel.Warning, RedisEvents.PrimaryUnknown, "Which server of Redis ({Redis}) is the primary could not be found out: {Fault}");

    private static readonly Action<ILogger, string, Exception?> GivenUpMessage =
        LoggerMessage.Define<string>(LogLevel.Error, RedisEvents.GivenUp, "The connection to Redis ({Redis}) is given up");

    private static readonly Action<ILogger, string, string, Exception?> NotYetMessage =
        LoggerMessage.Define<string, string>(LogLevel.Warning, RedisEvents.NotYet, "No connection to Redis ({Redis}) yet: {Fault}");

    private static readonly Action<ILogger, string, Exception?> WaitingMessage =
        LoggerMessage.Define<string>(LogLevel.Warning, RedisEvents.Waiting, "Waiting for Redis ({Redis})");

    private static readonly Action<ILogger, string, Exception?> ServerWarningMessage =
        LoggerMessage.Define<string>(LogLevel.Warning, RedisEvents.ServerWarning, "{Warning}");

    private static readonly Action<ILogger, string, Exception?> ServerRefusedMessage =
        LoggerMessage.Define<string>(LogLevel.Error, RedisEvents.ServerRefused, "{Refusal}");

    private static readonly Action<ILogger, string, string, Exception?> NotAskedMessage =
        LoggerMessage.Define<string, string>(LogLevel.Warning, RedisEvents.NotAsked, "Redis ({Redis}) could not be asked whether it keeps its data: {Fault}");

    private static readonly Action<ILogger, string, Exception?> ConnectedAgainMessage =
        LoggerMessage.Define<string>(LogLevel.Information, RedisEvents.ConnectedAgain, "Connected to Redis ({Redis}) again");

    private static readonly Action<ILogger, string, string, string?, Exception?> LostMessage =
        LoggerMessage.Define<string, string, string?>(LogLevel.Warning, RedisEvents.Lost, "The connection to Redis ({Redis}) is lost: {Failure}: {Fault}");

    public static void PrimaryUnknown(this ILogger log, string redis, string fault) => PrimaryUnknownMessage(log, redis, fault, null);

    public static void GivenUp(this ILogger log, string redis, Exception fault) => GivenUpMessage(log, redis, fault);

    public static void NotYet(this ILogger log, string redis, string fault) => NotYetMessage(log, redis, fault, null);

    public static void Waiting(this ILogger log, string redis) => WaitingMessage(log, redis, null);

    public static void ServerWarning(this ILogger log, string warning) => ServerWarningMessage(log, warning, null);

    public static void ServerRefused(this ILogger log, string refusal) => ServerRefusedMessage(log, refusal, null);

    public static void NotAsked(this ILogger log, string redis, string fault) => NotAskedMessage(log, redis, fault, null);

    public static void ConnectedAgain(this ILogger log, string redis) => ConnectedAgainMessage(log, redis, null);

    public static void Lost(this ILogger log, string redis, string failure, string? fault) => LostMessage(log, redis, failure, fault, null);
}
