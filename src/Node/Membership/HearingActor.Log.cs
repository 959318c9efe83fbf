using Akka.Actor;

namespace AkkaSockets.Node.Membership;

internal sealed partial class HearingActor
{
    [LoggerMessage(6001, LogLevel.Warning, "This node hears {Heard} of {Members} members, itself included, and that is no majority: its sockets stay, durable messages are answered \"unavailable\", until it hears one")]
    private static partial void LogNotHeard(ILogger logger, int heard, int members);

    [LoggerMessage(6002, LogLevel.Information, "This node hears a majority of the cluster again")]
    private static partial void LogHeard(ILogger logger);

    [LoggerMessage(6003, LogLevel.Warning, "This process stood still for {Seconds:0.0} s, longer than others wait for its heartbeat")]
    private static partial void LogStoodStill(ILogger logger, double seconds);

    [LoggerMessage(6004, LogLevel.Error,
        "There are two clusters: the seed at {Seed} is in one of {Theirs} members, which does not know this one's {Ours}. It is the other that goes on: this member ends, and joins it when it is started again")]
    private static partial void LogOtherCluster(ILogger logger, Address seed, int theirs, int ours);
}
