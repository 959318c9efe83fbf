using System.Diagnostics;

namespace AkkaSockets.Peers.Measuring;

/// <summary>
/// Sends at a rate that does not wait for answers, on a thread of its own. A message is stamped with the moment it was due; only that this thread woke up late is not held against the
/// servers. That a connection was full and blocked it is.
/// </summary>
internal static class Pacer
{
    /// <param name="send">Takes the number of the message, from 0, and its stamp.</param>
    /// <returns>How many were sent in the time: fewer than the rate asks for when the servers did not take more.</returns>
    public static Task<int> RunAsync(double perSecond, TimeSpan duration, Action<int, long> send, CancellationToken stop) =>
        Task.Factory.StartNew(() => Run(perSecond, duration, send, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int Run(double perSecond, TimeSpan duration, Action<int, long> send, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var (end, ticksEach) = (started + (long)(duration.TotalSeconds * Stopwatch.Frequency), Stopwatch.Frequency / perSecond);
        var total = (int)(duration.TotalSeconds * perSecond);
        var awake = started;
        for (var sent = 0; ; sent++)
        {
            if (sent == total) return sent;
            var due = started + (long)(sent * ticksEach);
            var now = Stopwatch.GetTimestamp();
            while (now < due)
            {
                stop.ThrowIfCancellationRequested();
                Thread.Sleep(1);
                awake = now = Stopwatch.GetTimestamp();
            }
            if (now >= end) return sent;
            send(sent, Math.Max(due, awake));
        }
    }
}
