using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Node.Api;

/// <summary>
/// Publishes the messages of one batch: each user's strictly in order, different users' side by side, a bounded number at a
/// time. After a message whose fate is unknown (503), the user's later ones are not tried: were they stored, repeating the first
/// would put it behind them.
/// </summary>
internal sealed class BatchPublisher(Publisher publisher, ApiLimits limits, CancellationToken stop)
{
    private readonly SemaphoreSlim _places = new(limits.PublishesPerBatch);
    private readonly Dictionary<UserId, Lane> _lanes = [];

    /// <summary>Waits for a place, and then gives the outcome to come. Called by one reader only, in the batch's order.</summary>
    public async Task<Task<PublishOutcome>> StartAsync(PublishRequest request)
    {
        await _places.WaitAsync(stop).ConfigureAwait(false);
        if (!_lanes.TryGetValue(request.User, out var lane)) _lanes[request.User] = lane = new Lane();
        var outcome = PublishInTurnAsync(request, lane, lane.Last);
        lane.Last = outcome;
        return outcome;
    }

    private async Task<PublishOutcome> PublishInTurnAsync(PublishRequest request, Lane lane, Task before)
    {
        try
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (lane.IsBlocked(request)) return new PublishFailed(ApiProblems.NotTried(limits.RetryAfter, request.Id));
            var outcome = await publisher.PublishAsync(request, stop).ConfigureAwait(false);
            if (outcome.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status500InternalServerError) lane.Block(request);
            return outcome;
        }
        finally
        {
            _places.Release();
        }
    }

    private sealed class Lane
    {
        private bool _durable, _ephemeral;

        public Task Last { get; set; } = Task.CompletedTask;

        // An ephemeral message needs no store where the user is attached, so a durable one's fault says nothing about it.
        public bool IsBlocked(PublishRequest request) => request.Ephemeral ? _ephemeral : _durable;

        public void Block(PublishRequest request)
        {
            _durable = true;
            _ephemeral |= request.Ephemeral;
        }
    }
}
