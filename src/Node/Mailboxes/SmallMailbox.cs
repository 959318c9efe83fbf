using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace AkkaSockets.Node.Mailboxes;

/// <summary>The mailbox of actors of which there are very many, most of them idle: see <see cref="LinkedMessageQueue"/>.</summary>
internal sealed class SmallMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<LinkedMessageQueue>
{
    private const string Id = "akkasockets.small-mailbox";

    /// <summary>For an actor's props: one object for all, which <see cref="Props.WithMailbox"/> would make for each.</summary>
    public static Deploy Deploy { get; } = new Deploy().WithMailbox(Id);

    /// <summary>Makes the mailbox known; every system whose actors have this mailbox needs it.</summary>
    public static Config Hocon { get; } = ConfigurationFactory.ParseString($$"""{{Id}}.mailbox-type = "{{typeof(SmallMailbox).FullName}}, {{typeof(SmallMailbox).Assembly.GetName().Name}}" """);

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LinkedMessageQueue();
}
