using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;

namespace AkkaSockets.Node.Sockets;

/// <summary>Sending the client away: when its turn comes, with time to go.</summary>
internal sealed partial class SocketHandlerActor
{
    private bool _toldToReconnect;

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
        NodeMeters.ReconnectFrames.Add(1, new KeyValuePair<string, object?>("reason", due.Reason.ToString().ToLowerInvariant()));
        After(delay + grace, GraceOver.Instance);
    }
}
