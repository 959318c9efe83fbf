using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Users;

/// <summary>
/// The persistent shell around a <see cref="UserLog"/>: it journals what the log decides, and only then answers. Created by its
/// <see cref="UserActor"/>, which alone talks to it. It stops when a write or its recovery fails, as every persistent actor does; what
/// dies with it is what was not journaled: at most some seconds of acks.
/// </summary>
internal sealed partial class UserLogActor : UntypedPersistentActor, IWithTimers
{
    private readonly UserEntityContext _context;
    private readonly UserLog _log;
    private readonly IReadOnlySet<DeviceId> _connected;
    private readonly KnownLog _known;
    private IActorRef _asker = ActorRefs.Nobody;
    private long _eventsSinceSnapshot;
    private long _bytesSinceSnapshot;
    private long _askedJournalAt = Stopwatch.GetTimestamp();

    /// <param name="connected">The devices attached now; others that the log believes connected count as absent from now.</param>
    /// <param name="known">What was journaled for certain; a log that recovers with less lost its tail.</param>
    public UserLogActor(UserId user, UserEntityContext context, IReadOnlySet<DeviceId> connected, KnownLog known)
    {
        PersistenceId = PersistenceIdOf(user);
        _context = context;
        _connected = connected;
        _known = known;
        _log = new UserLog(context.Retention, context.Limits.DevicesPerUser);
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    public static string PersistenceIdOf(UserId user) => $"user-{user.Value}";

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: UserLogSnapshot snapshot }:
                _log.Restore(snapshot);
                break;
            case IUserEvent journaled:
                _log.Apply(journaled);
                Weigh(journaled);
                break;
            case RecoveryCompleted:
                OnRecovered();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        _asker = Sender;
        switch (message)
        {
            case OpenCursor open:
                var opening = _log.DecideOpen(open.Attach.Socket.Device, open.Attach.Resume, _context.Now(), NewEpoch());
                Store(opening.Journal, () => OnOpened(open.Attach, opening.Reply), () => Context.Parent.Tell(new CursorRefused(open.Attach)));
                break;
            case SendMessage send:
                var sending = _log.DecideSend(send, _context.Now(), NewEpoch());
                var span = Traces.Start("journal", send.Publication);
                Store(
                    sending.Journal,
                    () =>
                    {
                        span?.Dispose();
                        OnSent(sending, send.Publication);
                    },
                    () =>
                    {
                        span?.Dispose();
                        _asker.Tell(new AskAgain(AskAgainReason.StoreUnavailable));
                    });
                break;
            case AcknowledgeUpTo ack:
                _log.Acknowledge(ack.Device, ack.Seq);
                ScheduleUpkeep();
                break;
            case DeviceLeft left:
                _log.Left(left.Device, _context.Now());
                ScheduleUpkeep();
                break;
            case ReadBacklog read:
                var page = _log.Read(read.Pull.After, read.Pull.MaxBytes);
                var end = page.Count == 0 ? Math.Max(read.Pull.After, _log.First - 1) : page[^1].Seq;
                Context.Parent.Tell(new BacklogRead(read.Pull, page, end >= _log.Head));
                break;
            case DescribeLog describe:
                Context.Parent.Tell(new LogDescribed(describe.Asker, _log.Epoch, _log.Head, _log.First, [.. _log.Devices(_context.Now())]));
                break;
            case JournalUpkeep:
                Store(_log.DecideUpkeep(_context.Now()), static () => { }, ScheduleUpkeep);
                break;
            case ReceiveTimeout:
                Context.Parent.Tell(LogIsQuiet.Instance);
                break;
            case CloseLog:
                Store(_log.HasUnjournaled ? _log.DecideUpkeep(_context.Now()) : null, () => Context.Stop(Self), () => Context.Stop(Self));
                break;
            case SaveSnapshotSuccess saved:
                DeleteMessages(saved.Metadata.SequenceNr);
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failed:
                LogSnapshotFailed(_context.Logger, PersistenceId, failed.Cause.Message);
                break;
            case DeleteMessagesFailure failed:
                LogDeleteFailed(_context.Logger, PersistenceId, failed.Cause.Message);
                break;
            case DeleteSnapshotsFailure failed:
                LogDeleteFailed(_context.Logger, PersistenceId, failed.Cause.Message);
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        // Whether it was stored is not known; the asker repeats it, and the log that recovers knows.
        Measure("write");
        _context.Store.WriteFailed(cause);
        _asker.Tell(new AskAgain(AskAgainReason.StoreUnavailable));
        LogWriteFailed(_context.Logger, PersistenceId, cause.Message);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        _asker.Tell(new AskAgain(AskAgainReason.StoreUnavailable));
        LogWriteFailed(_context.Logger, PersistenceId, cause.Message);
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        _context.Store.ReadFailed();
        LogRecoveryFailed(_context.Logger, PersistenceId, reason.Message);
    }

    private void OnRecovered()
    {
        Measure("recover");
        _context.Store.Read();
        _log.AssumeConnected(_connected, _context.Now());
        Context.SetReceiveTimeout(_context.LogQuietAfter);
        var repair = LogRepair.Decide(_log, _known, NewEpoch());
        _known.ForgetMessages();
        if (repair.OfType<MessageAppended>().Count() is > 0 and var lost) LogRepaired(_context.Logger, PersistenceId, lost);
        StoreInTurn(repair, 0, () => Context.Parent.Tell(new LogOpened(_log.Epoch, _log.Head)), () => Context.Stop(Self));
    }

    /// <summary>One after the other: where one fails the log ends, and the next recovery finds less to do.</summary>
    private void StoreInTurn(IReadOnlyList<IUserEvent> events, int at, Action then, Action refused)
    {
        if (at == events.Count) then();
        else Store(events[at], () => StoreInTurn(events, at + 1, then, refused), refused);
    }

    private void OnOpened(AttachHandler attach, CursorPosition position)
    {
        _log.Opened(attach.Socket.Device, position.Seq);
        if (attach.Acked > 0) _log.Acknowledge(attach.Socket.Device, attach.Acked);
        ScheduleUpkeep();
        Context.Parent.Tell(new CursorOpened(attach, position));
    }

    private void OnSent(Decision<IUserReply> sent, Publication publication)
    {
        _asker.Tell(sent.Reply);
        if (sent.Journal is MessageAppended m) Context.Parent.Tell(new MessageLogged(new LogMessage(m.Seq, m.Id, m.From, m.Timestamp, m.Data), _log.Epoch, publication));
    }

    /// <summary>
    /// Journals, applies, and only then goes on; commands wait meanwhile. Without a majority nothing is journaled and the log ends, as after a failed write: what it
    /// would have journaled may be another node's to say by now. While the store is known to take no writes it is refused at once: a failed write would cost this log
    /// its memory, and the store a recovery.
    /// </summary>
    private void Store(IUserEvent? journal, Action then, Action refused)
    {
        if (journal is null)
        {
            then();
            return;
        }
        if (!_context.Majority.IsHeard)
        {
            _asker.Tell(new AskAgain(AskAgainReason.NoMajority));
            Context.Stop(Self);
            return;
        }
        if (!_context.Store.MayWrite())
        {
            refused();
            return;
        }
        _askedJournalAt = Stopwatch.GetTimestamp();
        Persist(journal, stored =>
        {
            Measure("write");
            _context.Store.Wrote();
            _log.Apply(stored);
            Weigh(stored);
            then();
            SnapshotWhenDue();
        });
    }

    private void ScheduleUpkeep()
    {
        if (_log.HasUnjournaled && !Timers.IsTimerActive(JournalUpkeep.Instance))
            Timers.StartSingleTimer(JournalUpkeep.Instance, JournalUpkeep.Instance, _context.JournalAcksAfter);
    }

    private void Weigh(IUserEvent journaled)
    {
        _eventsSinceSnapshot++;
        if (journaled is MessageAppended appended) _bytesSinceSnapshot += appended.Data.Length;
    }

    /// <summary>Snapshots when what they save to replay outweighs what they cost to write, so that a log is written about twice in all.</summary>
    private void SnapshotWhenDue()
    {
        if (_eventsSinceSnapshot < _context.SnapshotAfterEvents || _bytesSinceSnapshot < _log.Bytes) return;
        SaveSnapshot(_log.ToSnapshot());
        (_eventsSinceSnapshot, _bytesSinceSnapshot) = (0, 0);
    }

    private void Measure(string operation) => NodeMeters.Journal.Record(
        Stopwatch.GetElapsedTime(_askedJournalAt).TotalSeconds, new KeyValuePair<string, object?>("operation", operation));

    private static string NewEpoch() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    private sealed record JournalUpkeep : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
    {
        public static readonly JournalUpkeep Instance = new();
    }
}
