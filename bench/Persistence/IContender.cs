namespace AkkaSockets.PersistenceBench;

/// <summary>One way to make events durable.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>As in the table.</summary>
    string Name { get; }

    /// <summary>The server's processor time so far, where another process does the storing.</summary>
    TimeSpan ServerCpu { get; }

    /// <summary>Brings so many writers up, on logs of their own.</summary>
    Task GatherAsync(int writers, CancellationToken stop);

    /// <summary>Lets them write until the gauge closes and their last event is acknowledged.</summary>
    Task WriteAsync(Gauge gauge, CancellationToken stop);

    /// <summary>Sends them away, and counts what they left in the store.</summary>
    Task<long> DismissAsync(CancellationToken stop);

    /// <summary>Stores so many logs to recover.</summary>
    Task FillAsync(int actors, int events, CancellationToken stop);

    /// <summary>Recovers them all, and forgets them.</summary>
    /// <returns>How long it took until the last one was there.</returns>
    Task<TimeSpan> RecoverAsync(CancellationToken stop);
}
