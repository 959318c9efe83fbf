using AkkaSockets.Client.Frames;

namespace AkkaSockets.Client.Tokens;

/// <summary>Brings the server a fresh token shortly before the old one ends, so that the socket may stay.</summary>
internal sealed class TokenExtension(
    TokenKeeper tokens, TimeProvider timeProvider, Action<byte[]> send, Action<Exception> report, CancellationToken life)
    : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Timers do not reach further than 49 days; a day at a time is far enough.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private ITimer? timer;

    /// <summary>To be called whenever a socket became ready with the token at hand.</summary>
    public void Arm()
    {
        // A token that is as good as over when it is new is not worth a timer: the server closes, and we bring another.
        if (tokens.Life is not { } token) return;
        var due = token.RefreshAt - timeProvider.GetUtcNow();
        if (due > TimeSpan.Zero) Set(due);
    }

    public void Dispose()
    {
        lock (gate) timer?.Dispose();
    }

    private void Set(TimeSpan due)
    {
        lock (gate)
        {
            if (life.IsCancellationRequested) return;
            timer ??= timeProvider.CreateTimer(
                static state => _ = ((TokenExtension)state!).OnDueAsync(), this,
                Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(due < Farthest ? due : Farthest, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task OnDueAsync()
    {
        if (tokens.Life is not { } old) return;
        if (timeProvider.GetUtcNow() < old.RefreshAt)
        {
            Arm();
            return;
        }

        try
        {
            if (await tokens.FetchAsync(life).ConfigureAwait(false) is not { } fresh) return;
            send(FrameWriter.Open(fresh));
            Arm();
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // The client is stopping.
            return;
        }
        catch (Exception notFetched)
        {
            if (timeProvider.GetUtcNow() + RetryAfter < old.Expires) Set(RetryAfter);
            report(notFetched);
        }
    }
}
