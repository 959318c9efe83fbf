using Microsoft.Extensions.Logging;

namespace AkkaSockets.Persistence.Redis;

/// <summary>The ids of what is logged, where a host's logger factory keeps them.</summary>
public static class RedisEvents
{
    /// <summary>No connection so far.</summary>
    public static readonly EventId NotYet = new(3501, nameof(NotYet));

    /// <summary>Connected, but to no server that takes writes.</summary>
    public static readonly EventId Waiting = new(3502, nameof(Waiting));

    /// <summary>The connection went.</summary>
    public static readonly EventId Lost = new(3503, nameof(Lost));

    /// <summary>The connection is back.</summary>
    public static readonly EventId ConnectedAgain = new(3504, nameof(ConnectedAgain));

    /// <summary>Nothing will connect any more; what uses the store fails until the process is started again.</summary>
    public static readonly EventId GivenUp = new(3505, nameof(GivenUp));

    /// <summary>Which server is the primary could not be found out.</summary>
    public static readonly EventId PrimaryUnknown = new(3506, nameof(PrimaryUnknown));

    /// <summary>Whether the server keeps its data could not be asked.</summary>
    public static readonly EventId NotAsked = new(3507, nameof(NotAsked));

    /// <summary>The server could lose what it acknowledged.</summary>
    public static readonly EventId ServerWarning = new(3508, nameof(ServerWarning));

    /// <summary>The server could drop keys: nothing is stored there.</summary>
    public static readonly EventId ServerRefused = new(3509, nameof(ServerRefused));
}
