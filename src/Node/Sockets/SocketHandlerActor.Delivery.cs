using Akka.Actor;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>Attaching to the user's entity, and what it delivers.</summary>
internal sealed partial class SocketHandlerActor
{
    private ResumePoint? _resume;
    private string _epoch = "";
    private string _owner = "";
    private long _attachment, _attachedAs, _last, _acked, _page;
    private long _attachingSince;
    private int _tries, _triesPastDeadline;
    private bool _wasReady;
    private IActorRef? _entity;
    private AttachTurn? _turn;

    /// <summary>
    /// Attaches, or attaches again from the last seq that was written. Each try has a number of its own, and what carries
    /// an older one is ignored: so two owners of one user can't mix on a socket.
    /// </summary>
    private void Attach()
    {
        if (_closing is not null) return;
        if (_attachment == _attachedAs) (_tries, _triesPastDeadline, _attachingSince) = (0, 0, _context.Time.GetTimestamp());
        _attachment++;
        if (!_wasReady || HasTurn()) AskToAttach();
    }

    /// <summary>True when this socket may attach again now; else it is told when.</summary>
    private bool HasTurn()
    {
        ReturnTurn();
        _turn = _context.AttachTurns.Take(Self);
        return _turn.HasCome;
    }

    private void ReturnTurn()
    {
        if (_turn is not null) _context.AttachTurns.Return(_turn);
        _turn = null;
    }

    private void AskToAttach()
    {
        if (_closing is not null) return;
        var resume = _wasReady ? new ResumePoint(_epoch, _last) : _resume;
        var socket = new SocketInfo(_id, _device, _acceptedAt, _context.NodeName, _remote);
        _users.Tell(new AttachHandler(_who!.User, socket, _attachment, resume, _wasReady, _acked, Self), Self);
        After(Patience(_tries++), new AttachDue(_attachment));
    }

    private void OnAttachDue(AttachDue due)
    {
        if (due.Attachment != _attachment || _attachment == _attachedAs || _closing is not null) return;
        // A client without its ready has waited for nothing yet and may do better elsewhere; one that had it stays.
        if (!_wasReady && _context.Time.GetElapsedTime(_attachingSince) >= _context.Delivery.Deadline && _triesPastDeadline-- <= 0)
            Close(CloseCode.Overload, "this user's log can't be reached now; back off");
        else
            Attach();
    }

    /// <summary>
    /// What was asked may have gone to the node that is lost: it is asked again now, and not when a long patience is over. Closed now, with its user about to be served, a
    /// client would come back later than it need.
    /// </summary>
    private void OnNodeLost()
    {
        if (_closing is not null || _attachment == _attachedAs || _turn is { HasCome: false }) return;
        (_tries, _triesPastDeadline) = (0, _context.TriesAfterALoss);
        _attachment++;
        if (!_wasReady || _turn is not null || HasTurn()) AskToAttach();
    }

    private void OnAttachRefused(AttachRefused refused)
    {
        if (refused.Attachment != _attachment) return;
        ReturnTurn();
        switch (refused.Reason)
        {
            case AttachRefusalReason.Replaced:
                Close(CloseCode.Replaced, "a newer socket of this device took over");
                break;
            case AttachRefusalReason.TooManySockets:
                Close(CloseCode.TooManySockets, $"{_context.Limits.SocketsPerUser} sockets of this user are open");
                break;
            default:
                // Instead of its own time-out: an answer lets it be sooner.
                After(Patience(_tries) * 0.3, new AttachDue(_attachment));
                break;
        }
    }

    private void OnAttached(HandlerAttached attached)
    {
        if (attached.Attachment != _attachment) return;
        ReturnTurn();
        if (_closing is not null) return;
        if (_wasReady && (attached.Epoch != _epoch || !attached.Resumed || attached.Gap))
        {
            Close(CloseCode.ComeBack, "the log does not go on from here; resume");
            return;
        }
        if (attached.Attachment != _attachedAs) WatchEntity(Sender);
        var former = _owner;
        (_attachedAs, _owner, _ownerUrl) = (_attachment, attached.Node, attached.Url);
        Timers.Cancel(typeof(AttachDue));
        if (!_wasReady)
        {
            _wasReady = true;
            _resume = null;
            _epoch = attached.Epoch;
            _last = Math.Max(attached.Seq, attached.First - 1);
            _context.Sockets.Directory.Opened(new OpenedSocket(_id, _who!.User, _device, _remote, _acceptedAt, _owner), _context.Time.GetUtcNow());
            LogAttached(_context.Logger, _id, _who!.User.Value, _device.Value, _owner, _remote);
            Write(ServerFrameWriter.Ready(new ReadyFrame(
                _who!.User, _device, attached.Epoch, attached.Seq, attached.Head, attached.First, attached.Resumed, attached.Gap, attached.Node, attached.Url)));
            if (_context.Drain.IsRefusing) OnDrain(DrainSockets.Now);
        }
        else
        {
            _context.Sockets.Directory.Moved(_id, _owner);
            FollowTo(attached, former);
        }
        if (!attached.Live) PullWhenDrained();
    }

    /// <summary>An entity that dies without a word (its node is lost, it failed) is missed by this alone.</summary>
    private void WatchEntity(IActorRef? entity)
    {
        if (_entity is not null) Context.Unwatch(_entity);
        _entity = entity;
        if (entity is not null) Context.Watch(entity);
    }

    /// <summary>Attaches again after a jittered moment, in which the region learns of the loss too. Everyone who lost the same node does: <see cref="AttachTurns"/> holds them back.</summary>
    private void OnEntityLost()
    {
        WatchEntity(null);
        if (_closing is null && _attachment == _attachedAs) After(_context.AskAgainAfter * (0.1 + (0.2 * Random.Shared.NextDouble())), new EntityLost(_attachment));
    }

    private void OnMessage(DeliverMessage deliver)
    {
        if (deliver.Attachment == _attachment) Deliver(deliver.Message, live: true, deliver.Publication);
    }

    private void OnPage(DeliverBacklog page)
    {
        if (page.Attachment != _attachment) return;
        _page++;
        Timers.Cancel(typeof(PageDue));
        foreach (var message in page.Messages)
        {
            if (!Deliver(message, live: false)) return;
        }
        if (!page.Live) PullWhenDrained();
    }

    /// <summary>Queues a message once and in order. False when there is a hole before it: attaching again tells whether it can be filled.</summary>
    private bool Deliver(LogMessage message, bool live, Publication publication = default)
    {
        if (_closing is not null) return false;
        if (message.Seq <= _last) return true;
        if (message.Seq != _last + 1)
        {
            Attach();
            return false;
        }
        if (!_outbox.TryEnqueue(ServerFrameWriter.Message(message), live, publication))
        {
            Close(CloseCode.SlowConsumer, "too much is waiting for this socket; resume");
            return false;
        }
        _last = message.Seq;
        NodeMeters.Deliveries.Add(1);
        return true;
    }

    private void OnEphemeral(DeliverEphemeral message)
    {
        if (!_wasReady || _closing is not null) return;
        Write(ServerFrameWriter.Ephemeral(message), message.Publication);
        NodeMeters.Deliveries.Add(1);
    }

    /// <summary>The next page is asked for when the outbox is empty: so a long backlog goes at the client's pace.</summary>
    private void PullWhenDrained() => _outbox.NotifyWhenDrained(Self);

    private void OnDrained()
    {
        if (_attachment != _attachedAs || _closing is not null) return;
        _users.Tell(new PullBacklog(_who!.User, _id, _attachment, _last, _context.PageBytes), Self);
        After(Patience(2), new PageDue(_attachment, _page));
    }

    private void OnPageDue(PageDue due)
    {
        if (due.Attachment == _attachment && due.Page == _page && _closing is null) Attach();
    }

    private void Acknowledge(long seq)
    {
        if (seq <= _acked) return;
        _acked = seq;
        _users.Tell(new AcknowledgeUpTo(_who!.User, _device, seq), Self);
    }

    /// <summary>How long to wait for an answer after so many tries: doubling up to ten times the first, ± 25 %.</summary>
    private TimeSpan Patience(int tries) =>
        _context.AskAgainAfter * Math.Min(10, Math.Pow(2, Math.Min(tries, 4))) * (0.75 + (Random.Shared.NextDouble() / 2));
}
