using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Users;

namespace AkkaSockets.Node.Api;

/// <summary>Publishes one message of a backend and says what became of it.</summary>
public sealed class Publisher(UserAsker users, ApiLimits limits, ILogger<Publisher> log)
{
    /// <summary>Never throws but for <paramref name="stop"/>: a fault of one message is its outcome, also in a batch.</summary>
    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken stop)
    {
        var (user, id, data, ephemeral) = request;
        try
        {
            var asked = ephemeral
                ? users.AskOnceAsync(new SendEphemeral(user, null, id, data), stop)
                : users.AskAsync(new SendMessage(user, null, id, data), stop);
            return await asked.ConfigureAwait(false) switch
            {
                MessageAccepted accepted => new MessageStored(accepted.Id, accepted.Seq, accepted.Duplicate),
                EphemeralDelivered delivered => new EphemeralTold(delivered.Sockets),
                RequestRefused { Reason: RefusalReason.IdReused } => new PublishFailed(ApiProblems.IdReused(id)),
                var other => throw new InvalidOperationException($"{other.GetType().Name} does not answer a publish."),
            };
        }
        catch (UserUnavailableException fault)
        {
            return new PublishFailed(ApiProblems.Unavailable(fault.Why, limits.RetryAfter, id));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.PublishFailed(fault);
            return new PublishFailed(ApiProblems.Failed(id));
        }
    }
}
