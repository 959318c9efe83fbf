using Akka.Actor;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>How a delivery gets to the handlers of a user's sockets: to several on another node it crosses once, and their parent there hands it on.</summary>
internal static class Deliveries
{
    /// <param name="gets">Which of the sockets it is for.</param>
    /// <param name="delivery">Any number in a message's attachment will do: each handler is told its own.</param>
    /// <returns>How many sockets it was told to.</returns>
    public static int Tell(ActorSystem system, Attachments attachments, Func<Attachment, bool> gets, IHandlerMessage delivery)
    {
        var told = 0;
        List<Attachment>? afar = null;
        foreach (var attachment in attachments)
        {
            if (!gets(attachment)) continue;
            told++;
            // Nearly everybody has one socket: nothing is put together then.
            if (attachment.IsAfar && attachments.Count > 1) (afar ??= []).Add(attachment);
            else attachment.Handler.Tell(For(attachment, delivery));
        }
        foreach (var node in afar?.GroupBy(attachment => attachment.Handler.Path.Parent) ?? []) TellNode(system, [.. node], delivery);
        return told;
    }

    private static void TellNode(ActorSystem system, IReadOnlyList<Attachment> there, IHandlerMessage delivery)
    {
        if (there is [var only])
        {
            only.Handler.Tell(For(only, delivery));
            return;
        }
        var parent = ((ExtendedActorSystem)system).Provider.ResolveActorRef(there[0].Handler.Path.Parent.ToSerializationFormat());
        parent.Tell(new DeliverToHandlers([.. there.Select(attachment => new HandlerOnNode(attachment.Handler.Path.Name, attachment.Number))], delivery));
    }

    private static IHandlerMessage For(Attachment attachment, IHandlerMessage delivery) => delivery is DeliverMessage message ? message with { Attachment = attachment.Number } : delivery;
}
