namespace AkkaSockets.Node;

/// <summary>A token bucket: it lets <paramref name="burst"/> through at once, and <paramref name="perSecond"/> a second after that.</summary>
internal sealed class RateGate(double perSecond, int burst, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _used;
    private long _at = time.GetTimestamp();

    public bool TryEnter()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _used = Math.Max(0, _used - (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            if (_used + 1 > burst) return false;
            _used++;
            return true;
        }
    }
}
