using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Lifecycle;

/// <summary>
/// The one way a node empties itself, whoever asked: not ready while balancers notice, then no new sockets; its shards are moved by the coordinator, a few at a time,
/// while each client is told in its turn, and what is left at the deadline is closed with 1012. The node routes until its last socket has gone; only then is its
/// region stopped. It runs before Kestrel and Akka begin to stop, since after that no frame reaches a client.
/// </summary>
public sealed partial class DrainRoutine(
    DrainState state,
    NodeHealth health,
    IOptions<DrainOptions> options,
    ReconnectPacer pacer,
    LocalSockets sockets,
    IRequiredActor<SocketsActor> handlers,
    IRequiredActor<ShardDrain> shards,
    TimeProvider time,
    ILogger<DrainRoutine> logger)
{
    // A close takes its time-out at the most; after it connections are aborted.
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(6);

    // Of the 15 s that a stop may take beyond the drain.
    private static readonly TimeSpan StopShardsWithin = TimeSpan.FromSeconds(8);

    // Far more than shards need that move at all: an operator may hold them back.
    private static readonly TimeSpan MoveWithin = TimeSpan.FromMinutes(1);

    // For a node that the cluster went on without. Its sockets get nothing any more, so for them it is a crash, but one that can be spread out.
    private static readonly TimeSpan PutOutWithin = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _hurry = new();
    private Task? _empty;
    private Task? _stop;

    /// <summary>Drains for good, once: every later caller waits for the same end. The node is to leave then. Never throws.</summary>
    public Task RunAsync()
    {
        lock (_gate) return _stop ??= Task.Run(StopAsync);
    }

    /// <summary>
    /// Drains and stays a member, without users and not ready, until <see cref="RunAsync"/>. Once: a later caller waits for the same end. Never throws.
    /// </summary>
    /// <param name="within">Instead of <c>Drain:DeadlineMs</c>, notice included.</param>
    public Task EmptyAsync(TimeSpan? within = null)
    {
        lock (_gate) return _empty ??= Task.Run(() => EmptyWithinAsync(within ?? options.Value.Deadline));
    }

    /// <summary>Closes what is left now instead of at the deadline.</summary>
    public void Hurry() => _hurry.Cancel();

    private async Task StopAsync()
    {
        // A drain that is under way may have been given more time than a stop has.
        await using (time.CreateTimer(_ => Hurry(), null, options.Value.Deadline, Timeout.InfiniteTimeSpan).ConfigureAwait(false))
        {
            await EmptyAsync().ConfigureAwait(false);
        }
        if (health.IsMember) await AskShardsAsync(StopShards.Instance, StopShardsWithin, CancellationToken.None).ConfigureAwait(false);
        LogStopped(logger);
    }

    private async Task EmptyWithinAsync(TimeSpan within)
    {
        if (!health.IsMember && within > PutOutWithin) within = PutOutWithin;
        var deadline = time.GetUtcNow() + within;
        health.BeginDraining();
        state.Begin(deadline);
        LogBegins(logger, sockets.Count, (long)within.TotalMilliseconds);
        // A node that was downed is nobody's to notice, and its users are being served elsewhere.
        if (health.IsMember) await DelayAsync(options.Value.Notice < within ? options.Value.Notice : within).ConfigureAwait(false);

        state.Refuse();
        var moved = health.IsMember ? AskShardsAsync(DrainShards.Instance, Timeout.InfiniteTimeSpan, _hurry.Token) : Task.CompletedTask;
        var all = await handlers.GetAsync().ConfigureAwait(false);
        if (sockets.Count > 0) await TellAsync(all, moved, deadline).ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(moved, sockets.WhenNone()), DelayAsync(deadline - time.GetUtcNow())).ConfigureAwait(false);
        if (sockets.Count > 0)
        {
            LogCloses(logger, sockets.Count);
            all.Tell(new CloseSockets(CloseCode.ComeBack, "this node stops; come back"));
            await Task.WhenAny(sockets.WhenNone(), Task.Delay(CloseWithin, time)).ConfigureAwait(false);
        }
        LogDone(logger);
    }

    /// <summary>
    /// Sends the clients away, those whose users are here with their users. A client that came back sooner would attach to what is about to move, and be sent on from there
    /// where the new owner can be reached directly.
    /// </summary>
    private async Task TellAsync(IActorRef all, Task moved, DateTimeOffset deadline)
    {
        // Half of what is left, if that is not long, is for shards to move; in three quarters all have been told, so that the last one has time to go.
        var left = deadline - time.GetUtcNow();
        pacer.Hurry(sockets.Count, left / 2);
        if (!moved.IsCompleted)
        {
            all.Tell(DrainSockets.WithTheirUsers);
            await Task.WhenAny(moved, sockets.WhenNone(), DelayAsync(left / 2 < MoveWithin ? left / 2 : MoveWithin)).ConfigureAwait(false);
            if (!moved.IsCompleted) pacer.Hurry(sockets.Count, deadline - (left / 4) - time.GetUtcNow());
        }
        all.Tell(DrainSockets.Now);
    }

    private async Task AskShardsAsync(object question, TimeSpan within, CancellationToken giveUp)
    {
        var actor = await shards.GetAsync().ConfigureAwait(false);
        await ((Task)actor.Ask<object>(question, within, giveUp)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits, unless told to hurry.</summary>
    private async Task DelayAsync(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) return;
        await Task.Delay(delay, time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
