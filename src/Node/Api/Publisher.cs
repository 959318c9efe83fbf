using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Telemetry;
using AkkaSockets.Node.Users;

namespace AkkaSockets.Node.Api;

/// <summary>Publishes one message of a backend and says what became of it.</summary>
public sealed class Publisher(UserAsker users, ApiLimits limits, TimeProvider time, ILogger<Publisher> log)
{
    /// <summary>Never throws but for <paramref name="stop"/>: a fault of one message is its outcome, also in a batch.</summary>
    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken stop)
    {
        var outcome = await AskAsync(request, stop).ConfigureAwait(false);
        NodeMeters.Count(request.Ephemeral, outcome switch
        {
            MessageStored { Duplicate: true } => "duplicate",
            PublishFailed { Status: StatusCodes.Status422UnprocessableEntity } => "refused",
            PublishFailed => "unavailable",
            _ => "accepted",
        });
        return outcome;
    }

    private async Task<PublishOutcome> AskAsync(PublishRequest request, CancellationToken stop)
    {
        var (user, id, data, ephemeral) = request;
        using var span = Traces.StartPublish(ephemeral);
        var publication = Traces.PublicationOf(span, time);
        try
        {
            var asked = ephemeral
                ? users.AskOnceAsync(new SendEphemeral(user, null, id, data, publication), stop)
                : users.AskAsync(new SendMessage(user, null, id, data, publication), stop);
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
