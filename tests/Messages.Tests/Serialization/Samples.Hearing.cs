using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Messages.Tests.Serialization;

internal static partial class Samples
{
    private static IEnumerable<Sample> Hearing() =>
    [
        new("AskIfMember-full", new AskIfMember(7)),
        new("AskIfMember-bare", new AskIfMember(0)),
        new("StillMember-full", new StillMember(7)),
        new("StillMember-bare", new StillMember(0)),
        new("OtherCluster-full", new OtherCluster(3, "akka.tcp://akkasockets@10.0.0.1:4053")),
        new("OtherCluster-bare", new OtherCluster(0, "")),
    ];
}
