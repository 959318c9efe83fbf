using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary><c>node drain</c>: empties the node, which stays a member without users, not ready, until it is stopped.</summary>
internal sealed class DrainCommand(DrainRoutine drain, DrainState state, LocalSockets sockets, NodeFacts facts, IOptions<DrainOptions> options, TimeProvider time)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Most = TimeSpan.FromHours(1);

    private static readonly Switch Deadline = new("deadline", "By when the last client is to be gone. Drain:DeadlineMs where it is not given.")
    {
        Kind = SwitchKind.Duration,
        Placeholder = "DURATION",
    };

    public Command Command => new("drain", "Empties this node and tells how far it is until it is done; the node stays, not ready, until it is stopped.", RunAsync)
    {
        Switches = [Deadline],
        Streams = true,
    };

    private async Task RunAsync(CommandRun run)
    {
        var within = run.Switches.Duration(Deadline.Name) ?? options.Value.Deadline;
        if (within > Most) throw new CommandMisusedException($"--{Deadline.Name} may be {Durations.Format(Most)} at the most.");
        var wasDraining = state.IsDraining;
        // It goes on when the one who asked has gone: a node that is half drained helps nobody.
        var done = drain.EmptyAsync(within);
        if (wasDraining) await run.Answer.NoteAsync("This node was told to drain before: that one's deadline counts.").ConfigureAwait(false);
        await run.Answer.EventsAsync("at", "event", "shards", "users", "sockets", "secondsLeft").ConfigureAwait(false);
        using var ticks = new PeriodicTimer(TellEvery, time);
        while (!done.IsCompleted)
        {
            await TellAsync(run, "draining").ConfigureAwait(false);
            await Task.WhenAny(done, ticks.WaitForNextTickAsync(run.Stop).AsTask()).ConfigureAwait(false);
            run.Stop.ThrowIfCancellationRequested();
        }
        await TellAsync(run, "drained").ConfigureAwait(false);
    }

    private async Task TellAsync(CommandRun run, string what)
    {
        var shards = await facts.ShardsAsync(run.Stop).ConfigureAwait(false);
        var left = state.IsDraining ? Math.Max(0, (state.Deadline - time.GetUtcNow()).TotalSeconds) : (double?)null;
        await run.Answer.RowAsync(
            time.GetUtcNow(), what, shards?.Count, shards?.Values.Sum(), sockets.Count, left is { } seconds ? Math.Round(seconds, 1) : default(Cell)).ConfigureAwait(false);
    }
}
