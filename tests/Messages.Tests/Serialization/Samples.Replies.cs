using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Serialization;

internal static partial class Samples
{
    private static IEnumerable<Sample> Replies() =>
    [
        new("MessageAccepted-full", new MessageAccepted(Id, 12, Duplicate: true)),
        new("MessageAccepted-bare", new MessageAccepted(Id, 0, Duplicate: false)),
        new("EphemeralDelivered-full", new EphemeralDelivered(Id, 2)),
        new("EphemeralDelivered-bare", new EphemeralDelivered(default, 0)),
        new("RequestRefused-IdReused", new RequestRefused(RefusalReason.IdReused)),
        new("AskAgain-StoreUnavailable", new AskAgain(AskAgainReason.StoreUnavailable)),
        new("AskAgain-Moving", new AskAgain(AskAgainReason.Moving)),
        new("AskAgain-NoMajority", new AskAgain(AskAgainReason.NoMajority)),
        new("UserDescribed-full", new UserDescribed(Alice, "epoch-1", 44, 12, "node-a:4054", [new(Phone, 41, 1_790_000_000_001, SocketInfo), new(Tablet, 0, 0, null)])),
        new("UserDescribed-bare", new UserDescribed(Alice, "", 0, 0, "", [])),
        new("SocketsTold", new SocketsTold(3)),
    ];

    private static IEnumerable<Sample> ToHandlers() =>
    [
        new("HandlerAttached-full", new HandlerAttached(Socket, 3, "epoch-1", 41, 44, 12, Resumed: true, Gap: true, Live: true, "node-a:4054", "ws://node-a/ws")),
        new("HandlerAttached-bare", new HandlerAttached(Socket, 0, "", 0, 0, 0, Resumed: false, Gap: false, Live: false, "", null)),
        new("AttachRefused-Replaced", new AttachRefused(Socket, 3, AttachRefusalReason.Replaced)),
        new("AttachRefused-TooManySockets", new AttachRefused(Socket, 3, AttachRefusalReason.TooManySockets)),
        new("AttachRefused-StoreUnavailable", new AttachRefused(Socket, 3, AttachRefusalReason.StoreUnavailable)),
        new("AttachRefused-Moving", new AttachRefused(Socket, 3, AttachRefusalReason.Moving)),
        new("DeliverMessage-full", new DeliverMessage(3, Full)),
        new("DeliverMessage-traced", new DeliverMessage(3, Full, Publication)),
        new("DeliverMessage-bare", new DeliverMessage(0, Bare)),
        new("DeliverBacklog-full", new DeliverBacklog(3, [Full, Bare], Live: true)),
        new("DeliverBacklog-bare", new DeliverBacklog(0, [], Live: false)),
        new("DeliverEphemeral-full", new DeliverEphemeral(Id, Bob, 1_790_000_000_000, Data)),
        new("DeliverEphemeral-traced", new DeliverEphemeral(Id, Bob, 1_790_000_000_000, Data, Publication)),
        new("DeliverEphemeral-bare", new DeliverEphemeral(default, null, 0, default)),
        new("DeliverToHandlers-message", new DeliverToHandlers([new("$a", 3), new("$Xb", 4)], new DeliverMessage(0, Full, Publication))),
        new("DeliverToHandlers-ephemeral", new DeliverToHandlers([new("$a", 3), new("$Xb", 4)], new DeliverEphemeral(Id, Bob, 1_790_000_000_000, Data))),
        new("EntityStopping-full", new EntityStopping(3)),
        new("EntityStopping-leaving", new EntityStopping(3, OwnerLeaves: true)),
        new("EntityStopping-bare", new EntityStopping(0)),
        new("CloseSocket-Replaced", new CloseSocket(SocketCloseReason.Replaced)),
        new("CloseSocket-Removed", new CloseSocket(SocketCloseReason.Removed)),
        new("AskToReconnect-Rebalance", new AskToReconnect(ReconnectReason.Rebalance, "ws://node-b/ws")),
        new("AskToReconnect-Drain", new AskToReconnect(ReconnectReason.Drain, "")),
        new("AskToReconnect-Admin", new AskToReconnect(ReconnectReason.Admin, null)),
    ];
}
