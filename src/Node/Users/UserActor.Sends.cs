using Akka.Actor;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Users;

/// <summary>The part of <see cref="UserActor"/> that takes what is sent to its user: a step of the message's trace, above its journaling and its deliveries.</summary>
internal sealed partial class UserActor
{
    private void Take(SendMessage send)
    {
        using var span = Traces.Start("user", send.Publication);
        ToLog(span is null ? send : send with { Publication = Traces.Below(span, send.Publication) });
    }

    private void Take(SendEphemeral send)
    {
        using var span = Traces.Start("user", send.Publication);
        var message = new DeliverEphemeral(send.Id, send.From, _context.Now(), send.Data, Traces.Below(span, send.Publication));
        Sender.Tell(new EphemeralDelivered(send.Id, Deliveries.Tell(Context.System, _attachments, static attachment => attachment.Ready, message)));
    }
}
