using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AkkaSockets.Node.Listeners;

/// <summary>
/// When a connection is of no use any more, which Kestrel by itself finds out late or not at all: one that says nothing may stay as long as one that is kept alive, and at a stop one whose
/// request's head never ends is waited for until the host gives up. In the features of the connection and of its requests.
/// </summary>
internal sealed class ConnectionDeadlines(ConnectionContext connection, TimeProvider time) : IDisposable
{
    /// <summary>From the connection to its first request, TLS included.</summary>
    internal static readonly TimeSpan FirstRequestWithin = TimeSpan.FromSeconds(15);

    /// <summary>From the server's stop, or from the end of the request that was under way then.</summary>
    internal static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(3);

    private ITimer? _silence;
    private ITimer? _stop;
    private CancellationTokenRegistration _stopping;
    private int _underWay;

    /// <summary>Connection middleware that sets them up, before TLS.</summary>
    /// <param name="mayBeSilent">Whether no request need come: backends hold connections ready.</param>
    /// <param name="time">The clock.</param>
    public static Func<ConnectionDelegate, ConnectionDelegate> Before(bool mayBeSilent, TimeProvider time) => next => async connection =>
    {
        using var deadlines = new ConnectionDeadlines(connection, time);
        if (!mayBeSilent) deadlines.EndIfSilent();
        deadlines.EndAtStop();
        connection.Features.Set(deadlines);
        await next(connection).ConfigureAwait(false);
    };

    public void EndIfSilent() => _silence = After(FirstRequestWithin, static state => state.Abort("No request came in time."));

    public void EndAtStop()
    {
        if (connection.Features.Get<IConnectionLifetimeNotificationFeature>() is not { } lifetime) return;
        _stopping = lifetime.ConnectionClosedRequested.Register(() => _stop = After(EndWithin, static state => state.EndUnlessUnderWay()));
    }

    /// <summary>A request has come: the client is no longer silent.</summary>
    public void RequestCame() => Interlocked.Exchange(ref _silence, null)?.Dispose();

    public void Dispose()
    {
        RequestCame();
        // This waits for a stop that is being noticed: its timer is there then.
        _stopping.Dispose();
        _stop?.Dispose();
    }

    /// <summary>A request has come, which is under way until its answer is complete.</summary>
    public void RequestBegan(HttpResponse response)
    {
        RequestCame();
        Interlocked.Increment(ref _underWay);
        response.OnCompleted(static state =>
        {
            Interlocked.Decrement(ref ((ConnectionDeadlines)state)._underWay);
            return Task.CompletedTask;
        }, this);
    }

    private void EndUnlessUnderWay()
    {
        if (Volatile.Read(ref _underWay) == 0) Abort("The node stops.");
        else _stop?.Change(EndWithin, Timeout.InfiniteTimeSpan);
    }

    private void Abort(string why) => connection.Abort(new ConnectionAbortedException(why));

    private ITimer After(TimeSpan due, Action<ConnectionDeadlines> act) => time.CreateTimer(_ => act(this), null, due, Timeout.InfiniteTimeSpan);
}

/// <summary>Tells each connection's deadlines of its requests, before any middleware answers one.</summary>
internal sealed class RequestsUnderWay : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, rest) =>
        {
            context.Features.Get<ConnectionDeadlines>()?.RequestBegan(context.Response);
            return rest(context);
        });
        next(app);
    };
}
