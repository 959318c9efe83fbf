using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>Sending the client away: when its turn comes, with time to go.</summary>
internal sealed partial class SocketHandlerActor
{
    private bool _toldToReconnect;
    private ReconnectReason? _toTell;
    private string? _ownerUrl;
    private bool _handedOff;
    private bool _ownerLeaves;
    private bool _goesWithUser;
    private long _handedOffAt;

    /// <summary>Delivery goes on through this socket from wherever the user is next; whether the client is to follow is seen once it is there.</summary>
    private void OnEntityStopping(EntityStopping stopping)
    {
        (_handedOff, _ownerLeaves, _handedOffAt) = (true, stopping.OwnerLeaves, _context.Time.GetTimestamp());
        WatchEntity(null);
        Attach();
    }

    /// <summary>
    /// After a hand-off the client follows its user to the new owner, unless it is connected there already. Where the former owner only left, following gains nothing but
    /// to whom the new one can be reached directly. An entity that was lost, and one that came back where it was, moves nobody.
    /// </summary>
    private void FollowTo(HandlerAttached attached, string former)
    {
        if (_handedOff) NodeMeters.HandOff.Record(_context.Time.GetElapsedTime(_handedOffAt).TotalSeconds);
        var moved = _handedOff && attached.Node != former;
        _handedOff = false;
        if (_goesWithUser && attached.Node != _context.NodeName) ScheduleReconnect(ReconnectReason.Drain);
        else if (moved && attached.Node != _context.NodeName && (!_ownerLeaves || attached.Url is not null)) ScheduleReconnect(ReconnectReason.Rebalance);
    }

    private void OnDrain(DrainSockets drain)
    {
        var movingFor = _handedOff ? _context.Time.GetElapsedTime(_handedOffAt) : _context.MovesWithin;
        // Without its ready a client has nothing to lose by being closed, and could not resume from a frame.
        if (!_wasReady) Close(CloseCode.ComeBack, "this node stops; come back");
        else if (drain.AsUsersMove && (_handedOff || _owner == _context.NodeName)) _goesWithUser = true;
        else if (movingFor < _context.MovesWithin) After(_context.MovesWithin - movingFor, drain);
        else ScheduleReconnect(ReconnectReason.Drain);
    }

    /// <summary>One frame a socket: the first reason stands, but a drain has its own pace and can't wait for another's.</summary>
    private void ScheduleReconnect(ReconnectReason reason, string? url = null)
    {
        if (_toldToReconnect || _toTell == ReconnectReason.Drain || (_toTell is not null && reason != ReconnectReason.Drain)) return;
        SetToTell(reason);
        After(_context.Pacer.Reserve(), new ReconnectDue(reason, url));
    }

    private void SetToTell(ReconnectReason? reason)
    {
        if (_toTell is null != reason is null) NodeMeters.ReconnectPending.Add(reason is null ? -1 : 1);
        _toTell = reason;
    }

    private void SendReconnect(ReconnectDue due)
    {
        SetToTell(null);
        if (_toldToReconnect || _closing is not null || !_wasReady) return;
        // The user may have moved on meanwhile: where to is seen now, and whether it came here.
        var isHere = _owner == _context.NodeName;
        if (due.Reason == ReconnectReason.Rebalance && isHere) return;
        var url = due.Url ?? (due.Reason == ReconnectReason.Admin || isHere ? null : _ownerUrl);
        _toldToReconnect = true;
        var delay = _context.ReconnectJitter * Random.Shared.NextDouble();
        var grace = TimeSpan.FromMilliseconds(_context.Reconnect.GraceMs);
        if (_context.Drain.IsDraining)
        {
            // Delay and grace end by the deadline.
            var left = _context.Drain.Deadline - _context.Time.GetUtcNow();
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            if (delay > left / 2) delay = left / 2;
            if (grace > left - delay) grace = left - delay;
        }
        Write(ServerFrameWriter.Reconnect(due.Reason, (int)delay.TotalMilliseconds, (int)grace.TotalMilliseconds, url));
        var reason = due.Reason.ToString().ToLowerInvariant();
        NodeMeters.CountReconnect(reason);
        _context.Sockets.Directory.ReconnectSent(_id, reason, _context.Time.GetUtcNow());
        After(delay + grace, GraceOver.Instance);
    }
}
