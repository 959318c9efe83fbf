namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>Waiting for conditions, each with a deadline that no working machine needs.</summary>
internal static class Eventually
{
    /// <summary>For what takes a moment.</summary>
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static Task<T> Within<T>(this Task<T> task, TimeSpan? within = null) => task.WaitAsync(within ?? Generous);

    public static Task Within(this Task task, TimeSpan? within = null) => task.WaitAsync(within ?? Generous);

    /// <summary>Asks until the answer is yes.</summary>
    /// <param name="what">What is waited for, in words for the failure.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Generous);
        using var ticks = new PeriodicTimer(Interval);
        try
        {
            while (!await condition()) await ticks.WaitForNextTickAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"Not within {within ?? Generous}: {what}");
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);
}
