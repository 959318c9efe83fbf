using Akka.Actor;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Serialization;

internal static partial class Samples
{
    private static IEnumerable<Sample> Commands(ActorSystem system) =>
    [
        new("AttachHandler-full", new AttachHandler(Alice, SocketInfo, 3, new ResumePoint("epoch-1", 41), WasReady: true, 40, system.DeadLetters)),
        new("AttachHandler-bare", new AttachHandler(Alice, SocketInfo, 0, null, WasReady: false, 0, system.DeadLetters)),
        new("DetachHandler", new DetachHandler(Alice, Socket)),
        new("PullBacklog-full", new PullBacklog(Alice, Socket, 3, 41, 65_536)),
        new("PullBacklog-bare", new PullBacklog(Alice, Socket, 0, 0, 0)),
        new("AcknowledgeUpTo", new AcknowledgeUpTo(Alice, Phone, 44)),
        new("SendMessage-full", new SendMessage(Alice, Bob, Id, Data)),
        new("SendMessage-bare", new SendMessage(Alice, null, Id, default)),
        new("SendMessage-traced", new SendMessage(Alice, Bob, Id, Data, Publication)),
        new("SendEphemeral-full", new SendEphemeral(Alice, Bob, Id, Data)),
        new("SendEphemeral-bare", new SendEphemeral(Alice, null, default, Data)),
        new("SendEphemeral-traced", new SendEphemeral(Alice, Bob, Id, Data, Publication)),
        new("GetUser", new GetUser(Bob)),
        new("CloseConnections-full", new CloseConnections(Alice, Phone)),
        new("CloseConnections-bare", new CloseConnections(Alice, null)),
        new("RequestReconnect", new RequestReconnect(Bob)),
    ];
}
