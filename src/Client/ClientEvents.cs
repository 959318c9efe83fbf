using System.Net;

namespace AkkaSockets.Client;

/// <summary>Messages were lost to this device: retention dropped them before it asked for them.</summary>
public sealed class GapEventArgs(long asked, long first) : EventArgs
{
    /// <summary>The last seq this client has.</summary>
    public long Asked { get; } = asked;

    /// <summary>The seq that comes next.</summary>
    public long First { get; } = first;

    /// <summary>How many are gone: those from <see cref="Asked"/> + 1 to <see cref="First"/> - 1.</summary>
    public long Missing => First - Asked - 1;
}

/// <summary>The log began again: seq numbers from before mean nothing any more.</summary>
public sealed class PositionResetEventArgs(Position previous, Position current) : EventArgs
{
    /// <summary>Where the client was, in the log that is gone.</summary>
    public Position Previous { get; } = previous;

    /// <summary>The new epoch, and the seq after which it delivers.</summary>
    public Position Current { get; } = current;
}

/// <summary>The client went from one <see cref="ClientState"/> to another.</summary>
public sealed class StateChangedEventArgs(ClientState previous, ClientState current) : EventArgs
{
    public ClientState Previous { get; } = previous;

    public ClientState Current { get; } = current;
}

/// <summary>The client is about to open another socket.</summary>
public sealed class ReconnectingEventArgs : EventArgs
{
    public required ReconnectReason Reason { get; init; }

    /// <summary>The WebSocket close code, with <see cref="ReconnectReason.Closed"/>; 1006 when the socket broke.</summary>
    public int? CloseCode { get; init; }

    /// <summary>The HTTP status, with <see cref="ReconnectReason.Refused"/>.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The server's words, or the failure's.</summary>
    public string? Detail { get; init; }

    /// <summary>What was thrown, where something was.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Failures in a row before this, from 0; it starts over once a socket stayed for 10 s.</summary>
    public required int Attempt { get; init; }

    /// <summary>How long from now until the attempt.</summary>
    public required TimeSpan Delay { get; init; }
}

/// <summary>
/// Something failed that the client will try again by itself: saving a position, fetching a token ahead of time; or the
/// server reported an error that belongs to no send.
/// </summary>
public sealed class BackgroundErrorEventArgs(Exception exception) : EventArgs
{
    public Exception Exception { get; } = exception;
}
