using System.Collections.Frozen;
using Akka.Actor;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>
/// Whether a user's log is in memory, and what a <see cref="UserActor"/> does about it: opened when needed, closed when quiet, opened
/// again after a failure: once the store is found well again, or after a growing, jittered pause.
/// </summary>
/// <param name="attachments">Those of now.</param>
internal sealed class UserLogChild(UserId user, UserEntityContext context, IUntypedActorContext actors, Attachments attachments)
{
    private List<(object Message, IActorRef Sender)>? _waiting;
    private IActorRef? _log;
    private bool _closing;
    private int _failures;
    private DateTimeOffset _retryAt;
    private string _epoch = "";
    private long _head;
    private RecentMessages? _recent;
    private long _troubles;

    public bool IsOpen => _log is not null && !_closing;

    /// <summary>How long until a failed log may be opened again.</summary>
    public TimeSpan RetryIn => _retryAt - context.Time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// The log is not in memory, and the store had trouble since something was journaled: it may have lost that, and what is kept here would be written again if the log was opened.
    /// </summary>
    public bool IsInDoubt => _log is null && _recent is not null && _troubles != context.Store.Troubles;

    public bool Is(IActorRef actor) => actor.Equals(_log);

    /// <summary>
    /// Hands on a message with its sender, opening the log if it has to be. False while a failed log is left alone, and while what would be read or journaled may be
    /// another node's by now.
    /// </summary>
    public bool TryTell(object message)
    {
        if (_closing)
        {
            (_waiting ??= []).Add((message, actors.Sender));
            return true;
        }
        if (message is OpenCursor or SendMessage && !context.Majority.IsHeard) return false;
        if (!TryOpen()) return false;
        _log!.Tell(message, actors.Sender);
        return true;
    }

    /// <summary>False while no majority is heard (another node may have the user by then), a failed log is left alone, or the store is not worth a try.</summary>
    public bool TryOpen()
    {
        if (_log is not null) return true;
        if (!context.Majority.IsHeard || context.Time.GetUtcNow() < _retryAt || !context.Store.MayRead()) return false;
        Open();
        return true;
    }

    /// <summary>Does not open it before this has passed, ± 50 %.</summary>
    public void LeaveAlone(TimeSpan pause) => _retryAt = context.Time.GetUtcNow() + (pause * (0.5 + Random.Shared.NextDouble()));

    /// <summary>Lets the log be opened at once.</summary>
    public void ForgetFailures() => (_failures, _retryAt) = (0, default);

    private void Open()
    {
        var known = _epoch.Length == 0
            ? KnownLog.Nothing
            : new KnownLog(_epoch, _head, _recent?.All() ?? [], [.. attachments.Where(attachment => attachment.State != AttachmentState.Opening).Select(attachment => attachment.Socket.Device)]);
        _log = actors.Watch(actors.ActorOf(Props.Create(typeof(UserLogActor), user, context, attachments.Select(attachment => attachment.Socket.Device).ToFrozenSet(), known), "log"));
    }

    /// <summary>Lets the log journal what waits and stop; false when there is none.</summary>
    public bool Close()
    {
        if (_log is null) return false;
        if (!_closing) _log.Tell(CloseLog.Instance);
        _closing = true;
        return true;
    }

    /// <summary>Remembers what was journaled for certain, so that a log which comes back with less is found out.</summary>
    public void Saw(string epoch, long head) => (_epoch, _head) = (epoch, Math.Max(_head, head));

    /// <summary>Remembers a message that was journaled now.</summary>
    public void Saw(string epoch, LogMessage message)
    {
        Saw(epoch, message.Seq);
        (_recent ??= new RecentMessages()).Add(message, context.Time.GetUtcNow());
        _troubles = context.Store.Troubles;
    }

    /// <summary>What the log that came back has, beside what was known of it.</summary>
    public LogComparison OnOpened(LogOpened opened)
    {
        var comparison = _epoch.Length > 0 && opened.Epoch != _epoch ? LogComparison.TailLost
            : opened.Head > _head ? LogComparison.HasMore
            : LogComparison.Same;
        (_failures, _epoch, _head) = (0, opened.Epoch, opened.Head);
        if (comparison == LogComparison.TailLost) _recent = null;
        _recent?.FoundAt(context.Time.GetUtcNow());
        _troubles = context.Store.Troubles;
        return comparison;
    }

    /// <summary>The log stopped. True when it failed, rather than being closed; then it is left alone for a while.</summary>
    public bool OnGone()
    {
        var failed = !_closing;
        (_log, _closing) = (null, false);
        if (failed)
        {
            var (first, most) = context.LogBackOff;
            var pause = first * Math.Pow(2, Math.Min(_failures++, 10));
            LeaveAlone(pause < most ? pause : most);
            return true;
        }
        if (!IsInDoubt) _recent = null;
        var waiting = _waiting;
        _waiting = null;
        // Where the log can't be opened, whoever waits asks again.
        if (waiting is null || !TryOpen()) return false;
        foreach (var (message, sender) in waiting) _log!.Tell(message, sender);
        return false;
    }
}

/// <summary>A log that came back, beside what its UserActor knew of it.</summary>
internal enum LogComparison
{
    Same,

    /// <summary>Something was stored that nobody here heard of.</summary>
    HasMore,

    /// <summary>The store lost the newest part, and another life of the log has begun.</summary>
    TailLost,
}
