namespace AkkaSockets.Simulate.Timeline;

/// <summary>The time that the server's own code reads in a simulation.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    public double Seconds => _milliseconds / 1000.0;

    public override long GetTimestamp() => _milliseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMilliseconds(_milliseconds);

    public void Advance(TimeSpan by) => _milliseconds += (long)by.TotalMilliseconds;
}
