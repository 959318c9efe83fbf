namespace AkkaSockets.Simulate.Timeline;

/// <summary>
/// Clients that are on their way back, by the step in which they knock and by how often they were refused. They wait as src/Client does: after a
/// refusal the server's Retry-After and a random part of a bound that doubles from 1 s to 30 s.
/// </summary>
internal sealed class Returning(TimeSpan step)
{
    private const int MaxAttempt = 5;
    private static readonly TimeSpan Base = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly Queue<double[]> _steps = new();

    /// <summary>Clients that have no socket, or are to leave theirs.</summary>
    public double Count { get; private set; }

    /// <summary>They knock between two moments from now on, evenly.</summary>
    public void Add(double clients, TimeSpan from, TimeSpan to, int attempt = 0)
    {
        if (clients <= 0) return;
        var first = (int)(from / step);
        var steps = Math.Max(1, (int)Math.Ceiling((to - from) / step));
        while (_steps.Count <= first + steps) _steps.Enqueue(new double[MaxAttempt + 1]);
        foreach (var slot in _steps.Skip(first + 1).Take(steps)) slot[Math.Min(attempt, MaxAttempt)] += clients / steps;
        Count += clients;
    }

    /// <summary>Those that knock in the next step, by attempt.</summary>
    public double[] Next()
    {
        if (_steps.Count > 0) _steps.Dequeue();
        var knocking = _steps.TryPeek(out var slot) ? (double[])slot.Clone() : new double[MaxAttempt + 1];
        Count -= knocking.Sum();
        return knocking;
    }

    /// <summary>A node was over its limit.</summary>
    public void Refused(double clients, int attempt) => Add(clients, RetryAfter, RetryAfter + Backoff(attempt), attempt + 1);

    /// <summary>A socket broke without a word: full jitter over the first bound.</summary>
    public void Broken(double clients) => Add(clients, TimeSpan.Zero, Base);

    /// <summary>Closed by the server with "come back": spread over a quarter of the base.</summary>
    public void Closed(double clients) => Add(clients, TimeSpan.Zero, Base / 4);

    private static TimeSpan Backoff(int attempt) => TimeSpan.FromSeconds(Math.Min(Base.TotalSeconds * Math.Pow(2, attempt), 30));
}
