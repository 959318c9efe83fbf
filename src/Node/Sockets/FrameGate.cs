namespace AkkaSockets.Node.Sockets;

/// <summary>What becomes of a frame under <c>Limits:FramesPerSecond</c>.</summary>
internal enum FrameVerdict
{
    Admitted,
    Refused,

    /// <summary>The client went on although refused.</summary>
    Abuse,
}

/// <summary>
/// Two token buckets of one size, filled at one rate. The first admits frames; the second counts how many refused ones are borne, so
/// that a client which heeds the errors is never closed, and one that sends above twice the rate for long is.
/// </summary>
internal struct FrameGate(double perSecond, int burst, long now)
{
    private double _admits = burst;
    private double _bears = burst;
    private long _at = now;

    /// <param name="now">A timestamp of <paramref name="time"/>.</param>
    public FrameVerdict Next(long now, TimeProvider time)
    {
        var earned = time.GetElapsedTime(_at, now).TotalSeconds * perSecond;
        _at = now;
        _admits = Math.Min(burst, _admits + earned);
        _bears = Math.Min(burst, _bears + earned);
        if (Take(ref _admits)) return FrameVerdict.Admitted;
        return Take(ref _bears) ? FrameVerdict.Refused : FrameVerdict.Abuse;
    }

    private static bool Take(ref double bucket)
    {
        if (bucket < 1) return false;
        bucket--;
        return true;
    }
}
