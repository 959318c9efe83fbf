using System.Net;

namespace AkkaSockets.Client;

/// <summary>The client will not come back: the server said not to, or refused it in a way that no retry mends.</summary>
public sealed class ClientStoppedException : Exception
{
    public ClientStoppedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The close code, 4500 to 4999, where a close ended it; see <see cref="CloseCodes"/>.</summary>
    public int? CloseCode { get; init; }

    /// <summary>The status, where a refused upgrade ended it.</summary>
    public HttpStatusCode? StatusCode { get; init; }
}

/// <summary>A send that will not be repeated.</summary>
public sealed class SendFailedException(string id, string code, string message, bool retry)
    : Exception($"{code}: {message}")
{
    /// <summary>The code of a send past <see cref="AkkaSocketsClientOptions.OutgoingCapacity"/>.</summary>
    public const string QueueFull = "queue-full";

    /// <summary>The code of a send that is longer than the server takes.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The message's id: sending again with it never makes two messages.</summary>
    public string Id { get; } = id;

    /// <summary>The server's error code, or one of the constants here.</summary>
    public string Code { get; } = code;

    /// <summary>Whether the same send may succeed later.</summary>
    public bool Retry { get; } = retry;
}

/// <summary>There was no connection, or it went before the answer: whether an ephemeral send arrived is not known.</summary>
public sealed class ConnectionLostException(string message) : Exception(message);
