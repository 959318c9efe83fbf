using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>Sending the client away: when its turn comes, with time to go.</summary>
internal sealed partial class SocketHandlerActor
{
    private bool _toldToReconnect;
    private bool _handedOff;
    private bool _ownerLeaves;

    /// <summary>Delivery goes on through this socket from wherever the user is next; whether the client is to follow is seen once it is there.</summary>
    private void OnEntityStopping(EntityStopping stopping)
    {
        (_handedOff, _ownerLeaves) = (true, stopping.OwnerLeaves);
        WatchEntity(null);
        Attach();
    }

    /// <summary>
    /// After a hand-off the client follows its user to the new owner, unless it is connected there already. Where the former owner only left, following gains nothing but
    /// to whom the new one can be reached directly. An entity that was lost, and one that came back where it was, moves nobody.
    /// </summary>
    private void FollowTo(HandlerAttached attached, string former)
    {
        var moved = _handedOff && attached.Node != former;
        _handedOff = false;
        if (moved && attached.Node != _context.NodeName && (!_ownerLeaves || attached.Url is not null)) ScheduleReconnect(ReconnectReason.Rebalance, attached.Url);
    }

    private void OnDrain()
    {
        // Without its ready a client has nothing to lose by being closed, and could not resume from a frame.
        if (!_wasReady) Close(CloseCode.ComeBack, "this node stops; come back");
        else ScheduleReconnect(ReconnectReason.Drain, null);
    }

    private void ScheduleReconnect(ReconnectReason reason, string? url)
    {
        if (!_toldToReconnect) After(_context.Pacer.Reserve(), new ReconnectDue(reason, url));
    }

    private void SendReconnect(ReconnectDue due)
    {
        if (_toldToReconnect || _closing is not null || !_wasReady) return;
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
        Write(ServerFrameWriter.Reconnect(due.Reason, (int)delay.TotalMilliseconds, (int)grace.TotalMilliseconds, due.Url));
        var reason = due.Reason.ToString().ToLowerInvariant();
        NodeMeters.ReconnectFrames.Add(1, new KeyValuePair<string, object?>("reason", reason));
        _context.Sockets.Directory.ReconnectSent(_id, reason, _context.Time.GetUtcNow());
        After(delay + grace, GraceOver.Instance);
    }
}
