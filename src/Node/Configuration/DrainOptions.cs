namespace AkkaSockets.Node.Configuration;

/// <summary>Section <c>Drain</c>: how long a node takes to stop.</summary>
[Section("Drain")]
public sealed class DrainOptions
{
    /// <summary>Not ready but still accepting, so that balancers notice, in ms.</summary>
    [Between(0, 600_000)]
    public int NoticeMs { get; set; }

    /// <summary>Until the last client is gone, notice included, in ms.</summary>
    [Between(0, 3_600_000)]
    public int DeadlineMs { get; set; } = 25_000;

    public TimeSpan Notice => TimeSpan.FromMilliseconds(NoticeMs);

    public TimeSpan Deadline => TimeSpan.FromMilliseconds(DeadlineMs);
}

internal sealed class DrainOptionsValidator : OptionsValidator<DrainOptions>
{
    protected override IEnumerable<string> Check(DrainOptions options)
    {
        if (options.NoticeMs > options.DeadlineMs) yield return Wrong(nameof(options.NoticeMs), options.NoticeMs, $"at most Drain:DeadlineMs, which is {options.DeadlineMs}");
    }
}
