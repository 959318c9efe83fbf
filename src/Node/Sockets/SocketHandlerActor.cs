using Akka.Actor;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// One connection's handler, on the node that accepted it. Created by <see cref="SocketsActor"/>; its <see cref="SocketConnection"/> tells it
/// what the client sent, the user's entity what to deliver. It dies with its connection, and nothing durable with it: the log has
/// what the client did not get.
/// </summary>
internal sealed partial class SocketHandlerActor : UntypedActor, IWithTimers
{
    private readonly SocketContext _context;
    private readonly IActorRef _users;
    private readonly Outbox _outbox;
    private readonly SocketId _id = SocketId.New();
    private readonly long _acceptedAt;
    private readonly string _remote;
    private SocketIdentity? _who;
    private DeviceId _device;
    private CloseCode? _closing;
    private int _badFrames;

    public SocketHandlerActor(AcceptedSocket accepted, SocketContext context, IActorRef users, Outbox outbox)
    {
        (_context, _users, _outbox, _who) = (context, users, outbox, accepted.Who);
        (_acceptedAt, _remote) = (accepted.AcceptedAt, accepted.Remote);
        _device = accepted.Device ?? default;
        _resume = accepted.Resume;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _context.Sockets.Add();
        if (_who is not null)
        {
            Begin();
            return;
        }
        Write(ServerFrameWriter.Hello);
        After(_context.OpenWithin, OpenDue.Instance);
    }

    protected override void PostStop()
    {
        // Where the handler itself failed, its client is told: an open connection that nobody serves would look alive.
        if (_closing is null) _outbox.CloseAsync(CloseCode.ServerFault, "the server failed here; come back");
        ReturnTurn();
        CancelSends();
        SetToTell(null);
        _context.Sockets.Directory.Closed(_id, (int)(_closing ?? CloseCode.ServerFault), _context.Time.GetUtcNow());
        _context.Sockets.Remove();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FrameReceived { Frame: var frame } when _closing is null: OnFrame(frame); break;
            case OpenReceived open when _closing is null: OnOpen(open.Frame, open.Token); break;
            case FaultReceived fault: Close(fault.Code, fault.Reason); break;
            case SocketEnded ended: OnEnded(ended); break;

            case HandlerAttached attached: OnAttached(attached); break;
            case Terminated lost when lost.ActorRef.Equals(_entity): OnEntityLost(); break;
            case AttachRefused refused: OnAttachRefused(refused); break;
            case DeliverMessage deliver: OnMessage(deliver); break;
            case DeliverBacklog page: OnPage(page); break;
            case DeliverEphemeral ephemeral: OnEphemeral(ephemeral); break;
            case EntityStopping stopping when stopping.Attachment == _attachment: OnEntityStopping(stopping); break;
            case CloseSocket { Reason: SocketCloseReason.Replaced }: Close(CloseCode.Replaced, "a newer socket of this device took over"); break;
            case CloseSocket: Close(CloseCode.Removed, "removed by an operator"); break;
            case AskToReconnect ask: ScheduleReconnect(ask.Reason, ask.Url); break;

            case SendDone done: OnSendDone(done); break;
            case OutboxDrained: OnDrained(); break;
            case AttachTurnCame came when came.Turn == _turn: AskToAttach(); break;
            case AttachDue due: OnAttachDue(due); break;
            case EntityLost lost when lost.Attachment == _attachment: Attach(); break;
            case NodeLost: OnNodeLost(); break;
            case PageDue due: OnPageDue(due); break;
            case OpenDue when _who is null: Close(CloseCode.NotOpened, "no open frame in time"); break;
            case ExpiryDue: OnExpiryDue(); break;
            case DrainSockets drain: OnDrain(drain); break;
            case ReconnectDue due: SendReconnect(due); break;
            case GraceOver: Close(CloseCode.ComeBack, "come back and resume"); break;
            case CloseSockets close: Close(close.Code, close.Reason); break;
        }
    }

    private void OnFrame(ClientFrame frame)
    {
        if (frame is InvalidFrame invalid)
        {
            OnInvalid(invalid);
            return;
        }
        _badFrames = 0;
        switch (frame)
        {
            case PingFrame: Write(ServerFrameWriter.Pong); break;
            case AckFrame when _who is null:
            case SendFrame when _who is null: OnInvalid(new InvalidFrame(ErrorCode.BadFrame, "Send open first: the request carried no token.")); break;
            case AckFrame ack: Acknowledge(ack.Seq); break;
            case SendFrame send: Send(send); break;
        }
    }

    private void OnInvalid(InvalidFrame invalid)
    {
        WriteError(invalid.Code, invalid.Message, invalid.Id);
        _badFrames = invalid.Code == ErrorCode.BadFrame ? _badFrames + 1 : 0;
        if (_badFrames >= _context.BadFramesInARow) Close(CloseCode.BrokenText, $"{_badFrames} bad frames in a row");
    }

    private void OnOpen(OpenFrame open, TokenResult token)
    {
        _badFrames = 0;
        if (token.Identity is not { } identity)
        {
            OnTokenRefused(token);
            return;
        }
        if (_who is not null && identity.User != _who.User)
        {
            Close(CloseCode.TokenRejected, "the token is another user's");
            return;
        }
        var first = _who is null;
        _who = new SocketIdentity(identity.User, identity.ExpiresAt, identity.Rights);
        if (!first)
        {
            ScheduleExpiry();
            return;
        }
        (_device, _resume) = (open.Device ?? _device, open.Resume ?? _resume);
        Begin();
    }

    private void OnTokenRefused(TokenResult token)
    {
        if (token.AskAgainAfter is null) Close(CloseCode.TokenRejected, token.Refusal!);
        // Until the token that it has ends, a socket can wait for the next try.
        else if (_who is not null) WriteError(ErrorCode.Unavailable, $"The token can't be checked: {token.Refusal}.", null);
        else Close(CloseCode.Overload, $"the token can't be checked: {token.Refusal}");
    }

    /// <summary>It is known whose socket this is.</summary>
    private void Begin()
    {
        if (_device == default) _device = DeviceId.NewAnonymous();
        ScheduleExpiry();
        Attach();
    }

    private void ScheduleExpiry()
    {
        if (_who?.ExpiresAt is { } expiry) After(expiry + _context.StayAfterExpiry - _context.Time.GetUtcNow(), ExpiryDue.Instance);
    }

    private void OnExpiryDue()
    {
        // A later open may have extended the stay; its own timer is under way.
        if (_who?.ExpiresAt + _context.StayAfterExpiry <= _context.Time.GetUtcNow()) Close(CloseCode.TokenExpired, "the token expired; bring a fresh one");
    }

    private void OnEnded(SocketEnded ended)
    {
        _closing ??= ended.Code;
        NodeMeters.CountClose(_closing.Value);
        LogEnded(_context.Logger, _id, _who?.User.Value, (int)_closing.Value, _remote);
        if (_attachment > 0) _users.Tell(new DetachHandler(_who!.User, _id));
        Context.Stop(Self);
    }

    private void Close(CloseCode code, string reason)
    {
        if (_closing is not null) return;
        _closing = code;
        // A slow client would first have to take what it is closed for not taking.
        _outbox.CloseAsync(code, reason, flush: code != CloseCode.SlowConsumer);
    }

    private void Write(ReadOnlyMemory<byte> frame, Publication publication = default)
    {
        if (!_outbox.TryEnqueue(frame, live: true, publication)) Close(CloseCode.SlowConsumer, "too much is waiting for this socket; resume");
    }

    private void WriteError(ErrorCode code, string message, string? id) => Write(ServerFrameWriter.Error(code, message, id));

    /// <summary>Tells this handler something later, unless the same kind of message is due by then: the newer one takes its place.</summary>
    private void After<T>(TimeSpan delay, T message)
        where T : ISocketMessage =>
        Timers.StartSingleTimer(typeof(T), message, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
}
