using System.Text.Json;
using AkkaSockets.Client.Frames;

namespace AkkaSockets.Client.Connections;

/// <summary>What comes from the sockets, on their read loops.</summary>
internal sealed partial class Supervisor
{
    private async ValueTask OnFrameAsync(Connection connection, ServerFrame frame)
    {
        if (frame is not MessageFrame) owner.OnFrame(frame);
        switch (frame)
        {
            case MessageFrame message:
                receiver.Take(connection, message.Message);
                await inbox.RoomAsync().ConfigureAwait(false);
                break;
            case OkFrame ok:
                sender.Ok(ok);
                break;
            case ErrFrame err:
                if (!sender.Err(connection, err)) OnStrayError(err);
                break;
            case ReadyFrame ready:
                OnReady(connection, ready);
                break;
            case HelloFrame:
                connection.Greet();
                break;
            case ReconnectFrame { Delay: var delay } reconnect:
                connection.ComeBack(new Cause(ReconnectReason.Asked)
                {
                    Wait = delay,
                    Url = reconnect.Url,
                    Detail = reconnect.Reason,
                });
                break;
            default:
                break;
        }
    }

    private void OnReady(Connection connection, ReadyFrame ready)
    {
        if (connection.Epoch is not null) throw new JsonException("A second ready frame.");
        lock (gate)
        {
            // Given up while it was on its way: not to take part any more.
            if (life.IsCancellationRequested || !connection.TryAdopt()) return;
            (retired, current) = (current, connection);
            device = ready.Device.Length > 0 ? ready.Device : device;
            readyAt = options.TimeProvider.GetTimestamp();
        }

        var adopted = receiver.Ready(connection, ready);
        acknowledger.Attach(connection);
        sender.Attach(connection);
        extension.Arm();
        owner.OnReady(
            new SessionInfo(
                ready.User, ready.Device, ready.Epoch, ready.Head, ready.Resumed, ready.Node, ready.Url,
                ConnectUri.WithoutQuery(connection.Url)),
            adopted);

        // Last, because the old socket is closed upon it.
        connection.BecomeReady();
    }

    private void OnClosed(Connection connection, Cause cause)
    {
        owner.OnSocketEnded(cause);
        sender.Detach(connection, cause);
        bool wasCurrent, final;
        lock (gate)
        {
            wasCurrent = connection == current;
            if (connection == retired) retired = null;

            // Replaced by the very socket that is being opened: as it should be.
            var replacedByUs = (cause.CloseCode == CloseCodes.Replaced && replacing) || IsReplacedByGhost(cause);
            final = wasCurrent && moving && !replacedByUs && CloseCodes.IsFinal(cause.CloseCode ?? 0);
        }

        if (!wasCurrent || life.IsCancellationRequested) return;

        // The next one may have become ready since the look above.
        owner.OnSocketLost(hasAnother: () => Volatile.Read(ref current) != connection);

        // Otherwise the loop that waits for this socket's end decides.
        if (final) owner.Stop(Stopped(cause));
    }

    private void OnStrayError(ErrFrame err)
    {
        // Nothing but an acknowledgement is sent without an id that often, and nothing else would go missing unnoticed.
        if (err.Retry && err.Id is null) acknowledger.Repeat(err.RetryAfter ?? options.AcknowledgeInterval);
        owner.RaiseBackgroundError(new SendFailedException(err.Id ?? "", err.Code, err.Message, err.Retry));
    }

    private void SendOnCurrent(byte[] frame)
    {
        lock (gate) current?.Send(frame);
    }
}
