namespace AkkaSockets.Node.Lifecycle.Health;

internal static partial class JournalProbeActorLog
{
    [LoggerMessage(3301, LogLevel.Information, "The journal answers")]
    public static partial void JournalAnswers(this ILogger<JournalProbeActor> log);

    [LoggerMessage(3302, LogLevel.Warning, "The journal does not answer: {Fault}. What is attached stays; durable messages wait")]
    public static partial void JournalSilent(this ILogger<JournalProbeActor> log, string? fault);
}
