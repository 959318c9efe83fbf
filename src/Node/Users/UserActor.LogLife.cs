using Akka.Actor;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Users;

/// <summary>The part of <see cref="UserActor"/> that lives with a log which comes, goes and fails.</summary>
internal sealed partial class UserActor
{
    /// <summary>
    /// A log came back. Whatever was journaled without anyone hearing of it must still reach those attached, so each is
    /// set back to pulling; after a lost tail each attaches anew, which tells its client.
    /// </summary>
    private void OnLogOpened(LogOpened opened)
    {
        _context.Store.Forget(Self);
        var found = _log.OnOpened(opened);
        if (found == LogComparison.Same) return;
        foreach (var attachment in _attachments.Where(a => a.State != AttachmentState.Opening))
        {
            if (found == LogComparison.TailLost)
            {
                attachment.Handler.Tell(new EntityStopping(attachment.Number));
            }
            else if (attachment.State == AttachmentState.Live)
            {
                attachment.State = AttachmentState.Pulling;
                attachment.Handler.Tell(new DeliverBacklog(attachment.Number, [], Live: false));
            }
        }
    }

    private void OnLogGone()
    {
        if (_stopping)
        {
            Context.Stop(Self);
            return;
        }
        var failed = _log.OnGone();
        if (!failed)
        {
            if (_log.IsInDoubt) ReopenLogLater();
            return;
        }
        foreach (var attachment in _attachments.Where(a => a.State == AttachmentState.Opening).ToList())
        {
            attachment.Handler.Tell(new AttachRefused(attachment.Socket.Id, attachment.Number, AttachRefusalReason.StoreUnavailable));
            if (!attachment.Ready) Detach(attachment.Socket.Id);
        }
        ReopenLogLater();
    }

    /// <summary>
    /// Someone attached may miss what the failed write stored after all, and the store what it had stored before: the log comes back even if nobody asks for it.
    /// </summary>
    private void ReopenLogLater()
    {
        _context.Store.Await(Self);
        Timers.StartSingleTimer(ReopenLog.Instance, ReopenLog.Instance, _log.RetryIn);
    }

    private void ReopenLogIfNeeded()
    {
        if ((_attachments.Count == 0 && !_log.IsInDoubt) || _stopping || _log.TryOpen()) return;
        if (!_context.Majority.IsHeard)
        {
            Timers.StartSingleTimer(ReopenLog.Instance, ReopenLog.Instance, _context.LookForMajorityEvery);
            return;
        }
        _log.LeaveAlone(_context.LogBackOff.Most);
        ReopenLogLater();
    }

    private void OnStoreIsBack()
    {
        _log.ForgetFailures();
        ReopenLogIfNeeded();
    }

    /// <summary>Told to stop: those attached go on elsewhere at once, the write in flight is let finish, what comes now is answered "ask again".</summary>
    private void Stop()
    {
        if (_stopping) return;
        _stopping = true;
        foreach (var attachment in _attachments) attachment.Handler.Tell(new EntityStopping(attachment.Number, _context.Drain.IsLeaving));
        if (_log.Close()) Timers.StartSingleTimer(StopNow.Instance, StopNow.Instance, _context.StopWithin);
        else Context.Stop(Self);
    }
}
