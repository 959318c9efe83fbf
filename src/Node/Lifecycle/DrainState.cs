namespace AkkaSockets.Node.Lifecycle;

/// <summary>How far a stopping node is; read by everything that accepts or tells.</summary>
public sealed class DrainState
{
    private volatile bool _draining;
    private volatile bool _refusing;
    private volatile bool _leaving;

    /// <summary>Not ready any more.</summary>
    public bool IsDraining => _draining;

    /// <summary>New sockets are refused.</summary>
    public bool IsRefusing => _refusing;

    /// <summary>Whoever is moved from here has to go: the node drains, or leaves the cluster without having been told to drain.</summary>
    public bool IsLeaving => _draining || _leaving;

    /// <summary>By when the last client is to be gone; meaningful while draining.</summary>
    public DateTimeOffset Deadline { get; private set; } = DateTimeOffset.MaxValue;

    public void Begin(DateTimeOffset deadline)
    {
        Deadline = deadline;
        _draining = true;
    }

    public void Leave() => _leaving = true;

    public void Refuse() => _refusing = true;
}
