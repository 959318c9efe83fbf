using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Membership;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Users;

/// <summary>
/// Asks user entities, and asks again. Akka drops what reaches an entity in the wrong moment of a hand-off, and an entity whose
/// store fails says so: one ask is never enough. The command is repeated as it is, so its message id keeps it from being
/// carried out twice.
/// </summary>
public sealed class UserAsker(IRequiredActor<UserRegion> region, IOptions<DeliveryOptions> options, LostNodes lost, TimeProvider time)
{
    // Longer than a slow write. A message whose first try is dropped in a hand-off waits for so long.
    private static readonly TimeSpan FirstTry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private const string Silent = "it did not answer";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the first try of an ask that is repeated waits; each further one waits twice as long.</summary>
    internal TimeSpan Patience { get; init; } = FirstTry;

    /// <summary>Asks once, for what must not be carried out twice and has no id to be known by: ephemeral messages.</summary>
    /// <exception cref="UserUnavailableException">No answer came within <c>Delivery:DeadlineMs</c>, or the entity could not serve it.</exception>
    public async Task<IUserReply> AskOnceAsync(IWithUserId command, CancellationToken stop)
    {
        var entities = await region.GetAsync(stop).ConfigureAwait(false);
        try
        {
            var reply = await entities.Ask<IUserReply>(command, options.Value.Deadline, stop).ConfigureAwait(false);
            return reply is AskAgain again ? throw new UserUnavailableException(command, WhyOf(again)) : reply;
        }
        catch (AskTimeoutException)
        {
            throw new UserUnavailableException(command, Silent);
        }
    }

    /// <summary>The entity's answer; never <see cref="AskAgain"/>.</summary>
    /// <exception cref="UserUnavailableException"><c>Delivery:DeadlineMs</c> passed without one. Whether the command was carried out is not known.</exception>
    public Task<IUserReply> AskAsync(IWithUserId command, CancellationToken stop) => AskAsync(command, options.Value.Deadline, stop);

    /// <summary>The same with a deadline of the asker's own.</summary>
    /// <exception cref="UserUnavailableException"><paramref name="within"/> passed without an answer. Whether the command was carried out is not known.</exception>
    public async Task<IUserReply> AskAsync(IWithUserId command, TimeSpan within, CancellationToken stop)
    {
        var entities = await region.GetAsync(stop).ConfigureAwait(false);
        var started = time.GetTimestamp();
        var (patience, pause, why) = (Patience, FirstPause, Silent);
        while (true)
        {
            var left = within - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) throw new UserUnavailableException(command, why);
            try
            {
                if (await TryAsync(entities, command, patience, left, stop).ConfigureAwait(false) is not { } reply)
                {
                    patience = Patience;
                    continue;
                }
                if (reply is not AskAgain again) return reply;
                why = WhyOf(again);
                left = within - time.GetElapsedTime(started);
                var jittered = pause * (0.5 + Random.Shared.NextDouble());
                await Task.Delay(jittered < left ? jittered : left > TimeSpan.Zero ? left : TimeSpan.Zero, time, stop).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (AskTimeoutException)
            {
                patience *= 2;
            }
        }
    }

    /// <summary>One try; null where a node was lost meanwhile, which may have had the question. The first is too short to be worth the look-out.</summary>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    private async Task<IUserReply?> TryAsync(IActorRef entities, IWithUserId command, TimeSpan patience, TimeSpan left, CancellationToken stop)
    {
        if (left < patience) patience = left;
        if (patience <= FirstTry) return await entities.Ask<IUserReply>(command, patience, stop).ConfigureAwait(false);
        using var lookOut = CancellationTokenSource.CreateLinkedTokenSource(stop, lost.Next);
        try
        {
            return await entities.Ask<IUserReply>(command, patience, lookOut.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string WhyOf(AskAgain again) => again.Reason switch
    {
        AskAgainReason.Moving => "it is moving to another node",
        AskAgainReason.NoMajority => "its node does not hear a majority of the cluster",
        _ => "the store does not answer",
    };
}

/// <summary>The way to all users, wherever they are, as the actor registry knows it: see <see cref="UsersRegistration.StartProxyAsync"/>.</summary>
public sealed class UserRegion;

/// <summary>The shard region that holds this node's share of the users, as the actor registry knows it.</summary>
public sealed class UserShards;

/// <summary>A user's entity was not reached before the deadline.</summary>
public sealed class UserUnavailableException(IWithUserId command, string why)
    : Exception($"The user's entity could not serve {command.GetType().Name} before the deadline: {why}.")
{
    /// <summary>Why, in words for whoever asked.</summary>
    public string Why { get; } = why;
}
