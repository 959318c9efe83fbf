namespace AkkaSockets.Node.Membership;

/// <summary>
/// Whether this node hears a majority of the cluster. What is written to the store without one may be written by two: the others may have given this
/// node's users away. Told by <see cref="HearingActor"/>; safe from any thread.
/// </summary>
public sealed class Majority(TimeProvider time)
{
    /// <summary>For what is a cluster by itself.</summary>
    public static readonly Majority Always = CreateAlways();

    private readonly long _startedAt = time.GetTimestamp();
    private long _heardUntil = TimeSpan.MinValue.Ticks;

    /// <summary>
    /// Looked up again before each write. It ends by itself: a node that was stopped and goes on sees here that time has passed, before any timer or message of its
    /// own could have told it.
    /// </summary>
    public bool IsHeard => Elapsed.Ticks < Volatile.Read(ref _heardUntil);

    /// <summary>This node's own clock.</summary>
    internal TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    /// <param name="until">On the clock of <see cref="Elapsed"/>.</param>
    internal void HearUntil(TimeSpan until) => Volatile.Write(ref _heardUntil, until.Ticks);

    private static Majority CreateAlways()
    {
        var always = new Majority(TimeProvider.System);
        always.HearUntil(TimeSpan.MaxValue);
        return always;
    }
}
