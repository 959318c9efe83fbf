using Akka.Actor;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Mailboxes;
using AkkaSockets.Node.Membership;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// The parent of all socket handlers of this node: <see cref="SocketConnection"/> asks it for one, the drain routine speaks to all through
/// it. A handler that fails is stopped, which closes its socket with 1011; the others do not notice.
/// </summary>
public sealed class SocketsActor(SocketContext context, IActorRef users) : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case OpenSocket { Accepted: var accepted }:
                var outbox = new Outbox(accepted.Socket, context.Limits.OutboxBytes, context.CloseWithin, context.Time, accepted.Writes);
                var handler = Context.ActorOf(new Props(SmallMailbox.Deploy, typeof(SocketHandlerActor), accepted, context, users, outbox));
                Sender.Tell(new SocketOpened(handler, outbox));
                break;
            case DeliverToHandlers deliver: HandOn(deliver); break;
            case DrainSockets or CloseSockets or NodeLost:
                foreach (var child in Context.GetChildren()) child.Tell(message);
                break;
        }
    }

    /// <summary>One that has gone is told nothing.</summary>
    private static void HandOn(DeliverToHandlers deliver)
    {
        foreach (var (name, attachment) in deliver.Handlers)
            Context.Child(name).Tell(deliver.Delivery is DeliverMessage message ? message with { Attachment = attachment } : deliver.Delivery);
    }
}
