namespace AkkaSockets.Node.Sockets;

/// <summary>
/// How many new sockets the node takes: a bucket that holds one second's worth of <c>Limits:AcceptPerSecond</c>. After a crash, which
/// nobody announces, this spreads the clients that come back.
/// </summary>
public sealed class AcceptGate(int perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = perSecond;
    private long _at = time.GetTimestamp();

    public bool TryEnter()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(perSecond, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }
}
