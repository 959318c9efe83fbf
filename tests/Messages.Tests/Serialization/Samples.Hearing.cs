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
    ];
}
