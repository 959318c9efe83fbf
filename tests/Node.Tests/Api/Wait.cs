using System.Diagnostics;

namespace AkkaSockets.Node.Tests.Api;

internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Comes back when the condition holds, and fails when it does not come to hold.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Pause);
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "The condition did not come to hold.");
            await pause.WaitForNextTickAsync();
        }
    }
}
