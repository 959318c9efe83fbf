using Akka.Actor;

namespace AkkaSockets.Node.Membership;

internal sealed partial class MembershipActor
{
    [LoggerMessage(6101, LogLevel.Warning, "Waiting for a cluster: none of the seeds ({Seeds}) has taken this member in yet. It is not ready until one does")]
    private static partial void LogWaiting(ILogger logger, string seeds);

    [LoggerMessage(6102, LogLevel.Warning, "The member at {Address} has put this one out of the cluster and takes nothing from it any more")]
    private static partial void LogQuarantined(ILogger logger, Address address);
}
