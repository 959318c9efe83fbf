namespace AkkaSockets.Node.Sockets;

/// <summary>
/// How many new sockets the node takes: a bucket that holds one second's worth of <c>Limits:AcceptPerSecond</c>. After a crash, which
/// nobody announces, this spreads the clients that come back.
/// </summary>
public sealed class AcceptGate(int perSecond, TimeProvider time)
{
    private readonly RateGate _gate = new(perSecond, perSecond, time);

    public bool TryEnter() => _gate.TryEnter();
}
