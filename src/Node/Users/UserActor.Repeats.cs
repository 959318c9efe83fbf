using Akka.Actor;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>
/// The part of <see cref="UserActor"/> that makes up for deliveries lost between nodes: a connection that breaks takes along what was under way. A handler that gets the
/// next message sees the hole and attaches again; after the last one nothing would show it. So that one is told again, and whoever has it drops it.
/// </summary>
internal sealed partial class UserActor
{
    // The second comes when an outage is over that lasted up to the first: a longer one costs the node its membership, and then every handler attaches again.
    private const int Repeats = 2;

    private MessageLogged? _newest;

    /// <summary>Handlers of this node miss nothing, so only the others are told again.</summary>
    private void RepeatLater(MessageLogged logged)
    {
        if (!_attachments.Any(attachment => attachment.IsAfar)) return;
        _newest = logged;
        if (!Timers.IsTimerActive(typeof(RepeatDelivery))) ScheduleRepeat(new RepeatDelivery(logged, 1));
    }

    private void Repeat(RepeatDelivery repeat)
    {
        if (_newest is null) return;
        if (!ReferenceEquals(_newest, repeat.Logged))
        {
            // Others came meanwhile: what follows them is waited for anew.
            ScheduleRepeat(new RepeatDelivery(_newest, 1));
            return;
        }
        Deliveries.Tell(
            Context.System,
            _attachments,
            static attachment => attachment is { State: AttachmentState.Live, IsAfar: true },
            new DeliverMessage(0, repeat.Logged.Message, repeat.Logged.Publication));
        if (repeat.Number < Repeats) ScheduleRepeat(repeat with { Number = repeat.Number + 1 });
        else _newest = null;
    }

    private void ScheduleRepeat(RepeatDelivery repeat) => Timers.StartSingleTimer(typeof(RepeatDelivery), repeat, _context.RepeatDeliveryAfter * ((2 * repeat.Number) - 1));

    /// <param name="Logged">The newest message when this was scheduled.</param>
    /// <param name="Number">Counted from 1.</param>
    private sealed record RepeatDelivery(MessageLogged Logged, int Number) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout;
}
