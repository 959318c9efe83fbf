namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Drain</c>: how long a node takes to stop.</summary>
[Section("Drain")]
public sealed class DrainOptions
{
    /// <summary>
    /// Not ready but still accepting, so that balancers notice, in ms, 0 to 600,000 and less than <see cref="DeadlineMs"/>. Without a
    /// balancer nobody has to notice, hence 0.
    /// </summary>
    [Between(0, 600_000)]
    public int NoticeMs { get; set; }

    /// <summary>
    /// Until the last client is gone, notice included, in ms, 1 to 3,600,000. The process may take 15 s more: with the default a pod's
    /// grace period must be above 40 s.
    /// </summary>
    [Between(1, 3_600_000)]
    public int DeadlineMs { get; set; } = 25_000;

    public TimeSpan Notice => TimeSpan.FromMilliseconds(NoticeMs);

    public TimeSpan Deadline => TimeSpan.FromMilliseconds(DeadlineMs);
}

internal sealed class DrainOptionsValidator : OptionsValidator<DrainOptions>
{
    protected override IEnumerable<string> Check(DrainOptions options)
    {
        if (options.NoticeMs >= options.DeadlineMs) yield return Wrong(nameof(options.NoticeMs), options.NoticeMs, $"less than Drain:DeadlineMs, which is {options.DeadlineMs}");
    }
}
