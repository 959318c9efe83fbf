using System.Diagnostics;
using AkkaSockets.Peers.Contenders;
using AkkaSockets.Peers.Measuring;
using AkkaSockets.Peers.Sockets;

namespace AkkaSockets.Peers.Scenarios;

/// <summary>Messages at a rate, from socket to user, with a ledger for each measurement.</summary>
/// <param name="places">Of the sockets, in their order.</param>
/// <param name="route">Who sends the message of this number, from 0, and to whom.</param>
/// <param name="copies">How many sockets each message is for.</param>
internal sealed class Traffic(Crowd crowd, Servers servers, PeerSocket[] sockets, IReadOnlyList<Place> places, Func<int, (int From, string To)> route, int copies = 1, bool durable = false)
{
    /// <summary>How long after a step of the search its last messages may come; longer ones are far too late anyway.</summary>
    private static readonly TimeSpan Straggle = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    /// <summary>Traffic that is not measured. What a peer loses while its clients are new is not held against it.</summary>
    public async Task WarmUpAsync(double perSecond, Sizes sizes, CancellationToken stop)
    {
        // A client of SignalR's is connected with the answer to its handshake, and its user can be reached a little later.
        await Task.Delay(sizes.Settle, stop).ConfigureAwait(false);
        await MeasureAsync(perSecond, sizes.WarmUp, sizes.Step, stop).ConfigureAwait(false);
    }

    /// <param name="patience">How long to wait for what is missing at the end.</param>
    public async Task<Measured> MeasureAsync(double perSecond, TimeSpan duration, TimeSpan patience, CancellationToken stop)
    {
        await crowd.RepairAsync(sockets, places, stop).ConfigureAwait(false);
        var asked = (int)(perSecond * duration.TotalSeconds);
        var window = new Window(Stage.TakeNumbers(asked), asked, copies);
        crowd.Count(window);
        var before = servers.Usage();
        var sent = await Pacer.RunAsync(perSecond, duration, (n, sentAt) =>
        {
            var (from, to) = route(n);
            window.Sending(window.First + n, sentAt);
            sockets[from].Send(to, sentAt, window.First + n, durable);
        }, stop).ConfigureAwait(false);
        await EndAsync(window, patience, stop).ConfigureAwait(false);
        var cpu = servers.Usage().CpuSeconds - before.CpuSeconds;
        crowd.Count(null);
        return new Measured(asked, sent, window, cpu);
    }

    /// <summary>The highest rate that was kept up: all sent in time, all delivered, and 99 of 100 not later than <see cref="Measured.MostMs"/>.</summary>
    public async Task<(double? Rate, Measured? At)> FindHighestAsync(RateSearch search, TimeSpan step, CancellationToken stop)
    {
        Measured? best = null;
        var rate = await search.FindAsync(async perSecond =>
        {
            var measured = await MeasureAsync(perSecond, step, Straggle, stop).ConfigureAwait(false);
            if (measured.Holds) best = measured;
            return measured.Holds;
        }).ConfigureAwait(false);
        return (rate, best);
    }

    private async Task EndAsync(Window window, TimeSpan patience, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (!(window.IsComplete && (!durable || window.AcknowledgedCount == window.Sent)) && Stopwatch.GetElapsedTime(started) < patience)
            await Task.Delay(LookEvery, stop).ConfigureAwait(false);
    }
}

/// <summary>What one measurement came to.</summary>
/// <param name="Asked">Messages that the rate asks for.</param>
/// <param name="Sent">Those that servers took in the time.</param>
/// <param name="CpuSeconds">Of all servers, until the last had come.</param>
internal sealed record Measured(int Asked, int Sent, Window Window, double CpuSeconds)
{
    public const double MostMs = 250;

    public bool Holds => Sent >= 0.99 * Asked && Window.IsComplete && Window.Duplicated == 0 && Window.Delivery.Percentile(0.99) <= MostMs;

    public double CpuPerThousand => CpuSeconds / Math.Max(1, Window.Received) * 1000;
}
