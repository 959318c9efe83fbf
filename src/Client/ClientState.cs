namespace AkkaSockets.Client;

/// <summary>Where a client is in its life.</summary>
public enum ClientState
{
    /// <summary>Made, not started.</summary>
    New,

    /// <summary>Started, and no socket has been ready yet.</summary>
    Connecting,

    /// <summary>A socket is ready. It stays so while another one takes over from it.</summary>
    Connected,

    /// <summary>The socket is gone; another one is being opened.</summary>
    Reconnecting,

    /// <summary>Over: disposed, or ended by the server for good.</summary>
    Stopped,
}

/// <summary>Why the client opens another socket.</summary>
public enum ReconnectReason
{
    /// <summary>The first socket of this client.</summary>
    Start,

    /// <summary>The socket was closed, or broke (1006).</summary>
    Closed,

    /// <summary>The upgrade was refused with an HTTP status.</summary>
    Refused,

    /// <summary>No answer at all: no route, no listener, a timeout, no token to be had.</summary>
    Failed,

    /// <summary>The server asked for it in a <c>reconnect</c> frame.</summary>
    Asked,

    /// <summary>A message was missing from the socket's order.</summary>
    Hole,

    /// <summary>Messages were left unread because the consumer was too far behind; it has caught up.</summary>
    Overflow,
}

/// <summary>What the server said in the newest <c>ready</c>.</summary>
/// <param name="User">The user that the token named.</param>
/// <param name="Device">The device's name; it starts with <c>~</c> when the server made it.</param>
/// <param name="Epoch">Names this life of the log.</param>
/// <param name="Head">The newest message in the log then; 0 when it was empty.</param>
/// <param name="Resumed">Whether delivery went on from where this device was.</param>
/// <param name="Node">The node that owns the user.</param>
/// <param name="Url">That node's own address for clients, where it advertises one.</param>
/// <param name="ConnectedTo">The address that this socket was opened to, without its query.</param>
public sealed record SessionInfo(
    string User, string Device, string Epoch, long Head, bool Resumed, string? Node, string? Url, Uri ConnectedTo);
