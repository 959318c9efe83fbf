using System.Diagnostics;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>Waits for what will be, and not for ever.</summary>
internal static class Patience
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <returns>False when it did not happen in time.</returns>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan most, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > most) return false;
            await Task.Delay(LookEvery, stop).ConfigureAwait(false);
        }
        return true;
    }
}
