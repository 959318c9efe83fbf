using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Lifecycle;

/// <summary>
/// The one way a node empties itself, whoever asked: not ready while balancers notice, then no new sockets, each client told in
/// its turn, and what is left at the deadline closed with 1012. It runs before Kestrel and Akka begin to stop, since after that
/// no frame reaches a client.
/// </summary>
public sealed partial class DrainRoutine(
    DrainState state,
    NodeHealth health,
    IOptions<DrainOptions> options,
    ReconnectPacer pacer,
    LocalSockets sockets,
    IRequiredActor<SocketsActor> handlers,
    TimeProvider time,
    ILogger<DrainRoutine> logger)
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _hurry = new();
    private Task? _run;

    /// <summary>Drains, once; every later caller waits for the same end. Never throws.</summary>
    public Task RunAsync()
    {
        lock (_gate) return _run ??= Task.Run(DrainAsync);
    }

    /// <summary>Closes what is left now instead of at the deadline.</summary>
    public void Hurry() => _hurry.Cancel();

    private async Task DrainAsync()
    {
        var deadline = time.GetUtcNow() + options.Value.Deadline;
        health.BeginDraining();
        state.Begin(deadline);
        LogBegins(logger, sockets.Count, options.Value.DeadlineMs);
        await DelayAsync(options.Value.Notice).ConfigureAwait(false);

        state.Refuse();
        if (sockets.Count > 0)
        {
            var all = await handlers.GetAsync().ConfigureAwait(false);
            // In half of what is left all have been told, so that the last one has time to go.
            pacer.Hurry(sockets.Count, (deadline - time.GetUtcNow()) / 2);
            all.Tell(DrainSockets.Instance);
            await Task.WhenAny(sockets.WhenNone(), DelayAsync(deadline - time.GetUtcNow())).ConfigureAwait(false);

            var left = sockets.Count;
            all.Tell(new CloseSockets(CloseCode.ComeBack, "this node stops; come back"));
            LogCloses(logger, left);
            // A close takes its time-out at the most; after it connections are aborted.
            await Task.WhenAny(sockets.WhenNone(), Task.Delay(CloseWithin, time)).ConfigureAwait(false);
        }
        LogDone(logger);
    }

    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(6);

    /// <summary>Waits, unless told to hurry.</summary>
    private async Task DelayAsync(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) return;
        await Task.Delay(delay, time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
