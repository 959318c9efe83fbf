using System.Net;

namespace AkkaSockets.Client.Connections;

/// <summary>Why another socket is to be opened, with what <see cref="ReconnectPolicy"/> needs to know about it.</summary>
internal sealed record Cause(ReconnectReason Reason)
{
    public int? CloseCode { get; init; }
    public HttpStatusCode? StatusCode { get; init; }
    public string? Detail { get; init; }
    public Exception? Exception { get; init; }

    /// <summary>How long the server asked to wait: a frame's delay, or a Retry-After.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Where the server asked to come.</summary>
    public string? Url { get; init; }

    public static Cause Closed(int code, string? detail, Exception? exception = null) =>
        new(ReconnectReason.Closed) { CloseCode = code, Detail = detail, Exception = exception };

    public static Cause Failed(string detail, Exception? exception = null) =>
        new(ReconnectReason.Failed) { Detail = detail, Exception = exception };

    public override string ToString() => Reason switch
    {
        ReconnectReason.Closed => $"closed with {CloseCode}: {Detail}",
        ReconnectReason.Refused => $"refused with {(int?)StatusCode}: {Detail}",
        _ => Detail ?? Reason.ToString(),
    };
}
