using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Persistence;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Users;

/// <summary>
/// One user's entity, one in the cluster: it holds the socket handlers attached now and delivers to them. Created by its shard, spoken
/// to through the region. It is plain: what is durable lives in its child, the <see cref="UserLogActor"/>, so a failing store
/// stops only that, and sockets and ephemeral messages go on. What dies with it is the list of handlers; each attaches again.
/// </summary>
internal sealed partial class UserActor : UntypedActor, IWithTimers
{
    private readonly UserId _user;
    private readonly UserEntityContext _context;
    private readonly Attachments _attachments = new();
    private readonly UserLogChild _log;
    private bool _stopping;

    public UserActor(UserId user, UserEntityContext context)
    {
        _user = user;
        _context = context;
        _log = new UserLogChild(user, context, Context, _attachments);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        NodeMeters.Users.Add(1);
        WatchForIdleness();
    }

    /// <summary>An entity that fails is restarted or stopped, and what comes after it knows no handler: each is told to attach again.</summary>
    protected override void PostStop()
    {
        _context.Store.Forget(Self);
        NodeMeters.Users.Add(-1);
        if (_stopping) return;
        foreach (var attachment in _attachments) attachment.Handler.Tell(new EntityStopping(attachment.Number, _context.Drain.IsLeaving));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AttachHandler attach: Attach(attach); break;
            case DetachHandler detach: Detach(detach.Socket); break;
            case SendMessage send: Take(send); break;
            case SendEphemeral send: Take(send); break;
            case PullBacklog or AcknowledgeUpTo or GetUser: ToLog((IWithUserId)message); break;
            case CloseConnections close: Sender.Tell(new SocketsTold(TellReady(new CloseSocket(SocketCloseReason.Removed), close.Device))); break;
            case RequestReconnect: Sender.Tell(new SocketsTold(TellReady(new AskToReconnect(ReconnectReason.Admin, null)))); break;

            case CursorOpened opened: OnCursorOpened(opened); break;
            case CursorRefused refused: OnCursorRefused(refused.Attach); break;
            case BacklogRead read: OnBacklogRead(read); break;
            case MessageLogged logged: OnMessageLogged(logged); break;
            case LogDescribed described: OnLogDescribed(described); break;
            case LogOpened opened: OnLogOpened(opened); break;
            case LogIsQuiet: _log.Close(); break;
            case ReopenLog: ReopenLogIfNeeded(); break;
            case RepeatDelivery repeat: Repeat(repeat); break;
            case StoreIsBack: OnStoreIsBack(); break;

            case Terminated gone when _log.Is(gone.ActorRef): OnLogGone(); break;
            case Terminated gone: DetachAllOf(gone.ActorRef); break;
            case ReceiveTimeout when _attachments.Count == 0 && !_stopping && !_log.IsInDoubt: Context.Parent.Tell(new Passivate(StopUser.Instance)); break;
            case StopUser: Stop(); break;
            case StopNow: Context.Stop(Self); break;
        }
    }

    private void Attach(AttachHandler attach)
    {
        if (Refusal(attach) is { } reason)
        {
            attach.Handler.Tell(new AttachRefused(attach.Socket.Id, attach.Attachment, reason));
            return;
        }
        Context.Watch(attach.Handler);
        _attachments.Set(new Attachment(attach));
        WatchForIdleness();
        if (!_log.TryTell(new OpenCursor(attach))) OnCursorRefused(attach);
    }

    /// <summary>Ephemeral messages need no store: a socket that had its ready keeps getting them while its handler asks again.</summary>
    private void OnCursorRefused(AttachHandler attach)
    {
        if (_attachments.Find(attach.Socket.Id) is not { } attachment || attachment.Number != attach.Attachment) return;
        if (!attach.WasReady) Detach(attach.Socket.Id);
        attach.Handler.Tell(new AttachRefused(attach.Socket.Id, attach.Attachment, AttachRefusalReason.StoreUnavailable));
    }

    private AttachRefusalReason? Refusal(AttachHandler attach)
    {
        if (_stopping) return AttachRefusalReason.Moving;
        var others = _attachments.Where(a => a.Socket.Id != attach.Socket.Id).ToList();
        if (others.Any(a => a.Socket.Device == attach.Socket.Device && IsLater(a.Socket, attach.Socket))) return AttachRefusalReason.Replaced;
        var count = others.Count(a => a.Socket.Device != attach.Socket.Device);
        return !attach.WasReady && count >= _context.Limits.SocketsPerUser ? AttachRefusalReason.TooManySockets : null;
    }

    private void OnCursorOpened(CursorOpened opened)
    {
        var (attach, position) = (opened.Attach, opened.Position);
        if (_attachments.Find(attach.Socket.Id) is not { } attachment || attachment.Number != attach.Attachment)
        {
            TellDeviceLeft(attach.Socket.Device);
            return;
        }
        _log.Saw(position.Epoch, position.Head);
        var live = position.Seq >= position.Head;
        attachment.State = live ? AttachmentState.Live : AttachmentState.Pulling;
        attachment.Ready = true;
        TakeOver(attach.Socket);
        attach.Handler.Tell(new HandlerAttached(
            attach.Socket.Id, attach.Attachment, position.Epoch, position.Seq, position.Head, position.First, position.Resumed, position.Gap, live,
            _context.NodeName, _context.AdvertiseUrl));
    }

    /// <summary>The older sockets of the device go, now that the newer one is served.</summary>
    private void TakeOver(SocketInfo newer)
    {
        foreach (var older in _attachments.Where(a => a.Socket.Device == newer.Device && a.Socket.Id != newer.Id && IsLater(newer, a.Socket)).ToList())
        {
            older.Handler.Tell(new CloseSocket(SocketCloseReason.Replaced));
            Detach(older.Socket.Id);
        }
    }

    private void Detach(SocketId socket)
    {
        if (_attachments.Remove(socket) is not { } gone) return;
        Context.Unwatch(gone.Handler);
        if (_attachments.All(a => a.Socket.Device != gone.Socket.Device)) TellDeviceLeft(gone.Socket.Device);
        WatchForIdleness();
    }

    private void DetachAllOf(IActorRef handler)
    {
        foreach (var attachment in _attachments.Where(a => a.Handler.Equals(handler)).ToList()) Detach(attachment.Socket.Id);
    }

    /// <summary>A closed log needs no telling: when it opens it counts who is not connected as absent from then.</summary>
    private void TellDeviceLeft(DeviceId device)
    {
        if (_log.IsOpen) _log.TryTell(new DeviceLeft(device));
    }

    private void ToLog(IWithUserId command)
    {
        if (_stopping || !_log.TryTell(command switch
        {
            PullBacklog pull => new ReadBacklog(pull),
            GetUser => new DescribeLog(Sender),
            _ => command,
        }))
        {
            // An ack is never answered: the next one covers it.
            if (command is SendMessage or GetUser) Sender.Tell(new AskAgain(WhyNot()));
        }
    }

    private AskAgainReason WhyNot() =>
        _stopping ? AskAgainReason.Moving : _context.Majority.IsHeard ? AskAgainReason.StoreUnavailable : AskAgainReason.NoMajority;

    private void OnBacklogRead(BacklogRead read)
    {
        if (_attachments.Find(read.Pull.Socket) is not { } attachment || attachment.Number != read.Pull.Attachment) return;
        attachment.State = read.ReachesHead ? AttachmentState.Live : AttachmentState.Pulling;
        attachment.Handler.Tell(new DeliverBacklog(attachment.Number, read.Messages, read.ReachesHead));
    }

    private void OnMessageLogged(MessageLogged logged)
    {
        _log.Saw(logged.Epoch, logged.Message);
        Deliveries.Tell(Context.System, _attachments, static attachment => attachment.State == AttachmentState.Live, new DeliverMessage(0, logged.Message, logged.Publication));
        RepeatLater(logged);
    }

    private void OnLogDescribed(LogDescribed log)
    {
        var devices = log.Devices.Select(cursor => new DeviceDescription(
            cursor.Device, cursor.Acked, cursor.SeenAt, _attachments.FirstOrDefault(a => a.Socket.Device == cursor.Device)?.Socket));
        log.Asker.Tell(new UserDescribed(_user, log.Epoch, log.Head, log.First, _context.NodeName, [.. devices]));
    }

    /// <summary>Sends to the sockets that had their <c>ready</c>, or to one device's, and says how many they are.</summary>
    private int TellReady(IHandlerMessage message, DeviceId? device = null)
    {
        var told = 0;
        foreach (var attachment in _attachments)
        {
            if (!attachment.Ready || (device is { } only && attachment.Socket.Device != only)) continue;
            attachment.Handler.Tell(message);
            told++;
        }
        return told;
    }

    private static bool IsLater(SocketInfo one, SocketInfo other) =>
        (one.AcceptedAt, one.Id.Value).CompareTo((other.AcceptedAt, other.Id.Value)) > 0;

    private void WatchForIdleness() => Context.SetReceiveTimeout(_attachments.Count == 0 ? _context.PassivateAfter : null);

    /// <summary>The region's stop message for a hand-off, and the actor's own for passivation: both mean "finish, then go".</summary>
    internal sealed record StopUser : INoSerializationVerificationNeeded
    {
        public static readonly StopUser Instance = new();
    }

    private sealed record StopNow : INoSerializationVerificationNeeded
    {
        public static readonly StopNow Instance = new();
    }

    internal sealed record ReopenLog : INoSerializationVerificationNeeded
    {
        public static readonly ReopenLog Instance = new();
    }
}
