using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// Gives each reconnect frame of a node its moment, so that those who are sent away do not arrive as a herd. The pace is the lesser of
/// <c>Reconnect:PerSecond</c> and half of what the other nodes accept; in a drain it rises to what the deadline needs.
/// </summary>
public sealed class ReconnectPacer(ReconnectOptions reconnect, LimitsOptions limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _perSecond = Pace(reconnect, limits, 1);
    private double _hurried;
    private DateTimeOffset _next;

    /// <summary>How long to wait before the next frame may go.</summary>
    public TimeSpan Reserve()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_next < now) _next = now;
            var wait = _next - now;
            _next += TimeSpan.FromSeconds(1 / Math.Max(_perSecond, _hurried));
            return wait;
        }
    }

    /// <summary>Sets how many other nodes take this one's clients: from now on the pace is theirs.</summary>
    public void SetOthers(int others)
    {
        lock (_gate) _perSecond = Pace(reconnect, limits, others);
    }

    /// <summary>Raises the pace so that <paramref name="frames"/> of them have gone within <paramref name="window"/>.</summary>
    public void Hurry(int frames, TimeSpan window)
    {
        lock (_gate)
        {
            _hurried = frames / Math.Max(window.TotalSeconds, 0.001);
            _next = time.GetUtcNow();
        }
    }

    /// <summary>Frames a second of one node among <paramref name="others"/> that take its clients.</summary>
    internal static double Pace(ReconnectOptions reconnect, LimitsOptions limits, int others) =>
        Math.Min(reconnect.PerSecond, limits.AcceptPerSecond / 2.0 / Math.Max(1, others));
}
