namespace AkkaSockets.Client;

/// <summary>
/// Keeps a <see cref="Position"/> across restarts of the process. The client loads once, at its start, and then saves one
/// position at a time, each after the messages up to it were handled and before they are acknowledged to the server: what
/// was acknowledged may be gone from the log, so a restart must never ask for it again.
/// </summary>
public interface IPositionStore
{
    /// <summary>The position saved last, or null when there is none. What it throws fails the client's start.</summary>
    ValueTask<Position?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Saves <paramref name="position"/>, completing when it would survive the process. What it throws is raised as
    /// <see cref="AkkaSocketsClient.BackgroundError"/>; the client goes on, unacknowledged, and saves again with the next batch.
    /// </summary>
    ValueTask SaveAsync(Position position, CancellationToken cancellationToken);
}
