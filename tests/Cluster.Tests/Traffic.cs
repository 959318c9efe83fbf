using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Cluster.Tests;

/// <summary>Publishes to each user, one message after the other, each when the one before was accepted.</summary>
/// <param name="every">The least between two messages to a user; null: nothing.</param>
internal sealed class Traffic(Func<TestNode> through, IEnumerable<UserId> users, TimeSpan? every = null) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task<long[]> _heads = Task.FromResult(Array.Empty<long>());

    public Traffic Start()
    {
        _heads = Task.WhenAll(users.Select(PublishAsync));
        return this;
    }

    /// <summary>Stops, and says how far each log got, in the users' order.</summary>
    public async Task<long[]> StopAsync()
    {
        await _stop.CancelAsync();
        return await _heads.WaitAsync(TestCluster.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private async Task<long> PublishAsync(UserId user)
    {
        var seq = 0L;
        for (var n = 1; !_stop.IsCancellationRequested; n++)
        {
            seq = await TestCluster.PublishUntilAcceptedAsync(through(), user, $"m{n}");
            // A copy of the one before, or one that was accepted and is not there, would show.
            Assert.Equal(n, seq);
            if (every is { } pause) await Task.Delay(pause);
        }
        return seq;
    }
}
