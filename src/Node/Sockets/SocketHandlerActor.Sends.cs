using System.Diagnostics;
using Akka.Actor;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>What the client sends to others.</summary>
internal sealed partial class SocketHandlerActor
{
    private Dictionary<UserId, Queue<SendFrame>>? _sends;
    private CancellationTokenSource? _stopSends;
    private int _inFlight;
    private long _inFlightBytes;

    private void Send(SendFrame send)
    {
        var id = send.Id.IsNone ? null : send.Id.Value;
        if (!_who!.Rights.MaySendTo(send.To))
        {
            WriteError(ErrorCode.Forbidden, "This token does not allow sending to this user.", id);
            Count(send, "refused");
            return;
        }
        // Behind an empty queue anything goes, as in the outbox.
        if (_inFlight >= _context.SendsInFlight || (_inFlight > 0 && _inFlightBytes + send.Data.Length > _context.Limits.OutboxBytes))
        {
            WriteError(ErrorCode.RateLimited, "Too many sends wait for their answer.", id);
            Count(send, "refused");
            return;
        }
        _inFlight++;
        _inFlightBytes += send.Data.Length;
        _stopSends ??= new CancellationTokenSource();
        if (send.Ephemeral) AskOnce(send);
        else Enqueue(send);
    }

    /// <summary>One durable send to a target is in flight at a time: a repeat of the first can't overtake the second.</summary>
    private void Enqueue(SendFrame send)
    {
        _sends ??= [];
        if (_sends.TryGetValue(send.To, out var waiting))
        {
            waiting.Enqueue(send);
            return;
        }
        _sends.Add(send.To, new Queue<SendFrame>());
        AskUntilDeadline(send);
    }

    private void AskUntilDeadline(SendFrame send)
    {
        var span = Traces.StartPublish(ephemeral: false);
        var publication = Traces.PublicationOf(span, _context.Time);
        Await(send, span, _context.Asker.AskAsync(new SendMessage(send.To, _who!.User, send.Id, send.Data, publication), _stopSends!.Token));
    }

    /// <summary>Ephemeral messages are asked once: a repeat could deliver twice.</summary>
    private void AskOnce(SendFrame send)
    {
        var span = Traces.StartPublish(ephemeral: true);
        var publication = Traces.PublicationOf(span, _context.Time);
        Await(send, span, _context.Asker.AskOnceAsync(new SendEphemeral(send.To, _who!.User, send.Id, send.Data, publication), _stopSends!.Token));
    }

    private void Await(SendFrame send, Activity? span, Task<IUserReply> answer) =>
        answer.PipeTo(Self, Self, reply => new SendDone(send, reply, span), _ => new SendDone(send, null, span));

    private void OnSendDone(SendDone done)
    {
        var send = done.Frame;
        done.Span?.Dispose();
        _inFlight--;
        _inFlightBytes -= send.Data.Length;
        Answer(send, done.Reply);
        if (send.Ephemeral) return;
        if (_sends![send.To].TryDequeue(out var next)) AskUntilDeadline(next);
        else _sends.Remove(send.To);
    }

    private void Answer(SendFrame send, IUserReply? reply)
    {
        if (_closing is not null) return;
        switch (reply)
        {
            case MessageAccepted accepted:
                Write(ServerFrameWriter.Ok(accepted));
                Count(send, accepted.Duplicate ? "duplicate" : "accepted");
                break;
            case EphemeralDelivered delivered:
                Write(ServerFrameWriter.Ok(delivered));
                Count(send, "accepted");
                break;
            case RequestRefused:
                WriteError(ErrorCode.IdReused, "This id was used for other data; a message needs an id of its own.", send.Id.Value);
                Count(send, "refused");
                break;
            default:
                WriteError(ErrorCode.Unavailable, "The receiver's log could not be reached; repeat with the same id.", send.Id.IsNone ? null : send.Id.Value);
                Count(send, "unavailable");
                break;
        }
    }

    private void CancelSends()
    {
        _stopSends?.Cancel();
        _stopSends?.Dispose();
    }

    private static void Count(SendFrame send, string result) => NodeMeters.Count(send.Ephemeral, result);
}
