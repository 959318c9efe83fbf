using System.Net;

namespace AkkaSockets.Client.Connections;

/// <summary>What to do about a <see cref="Cause"/>.</summary>
/// <param name="Delay">To wait before the next attempt.</param>
/// <param name="Terminal">Not to come back at all, unless a socket is still open.</param>
/// <param name="FreshToken">To fetch a new token first.</param>
internal readonly record struct Decision(TimeSpan Delay, bool Terminal = false, bool FreshToken = false);

/// <summary>
/// When to come back. "At once" is spread over a quarter of the base, because whoever closed this socket closed others too;
/// back-off is a random part of a bound that doubles (full jitter), and takes the place of "at once" after a failure.
/// </summary>
internal sealed record ReconnectPolicy(TimeSpan Base, TimeSpan Cap)
{
    /// <param name="cause">What happened.</param>
    /// <param name="attempt">Failures in a row before it, from 0.</param>
    /// <param name="canRefresh">A fresh token can be had, and none was fetched because of a 401 since the last <c>ready</c>.</param>
    /// <param name="random">From 0 to 1.</param>
    public Decision Decide(Cause cause, int attempt, bool canRefresh, double random) => cause.Reason switch
    {
        ReconnectReason.Start => default,
        ReconnectReason.Asked => new Decision(cause.Wait ?? TimeSpan.Zero),
        ReconnectReason.Hole or ReconnectReason.Overflow => new Decision(AtOnce(attempt, random)),
        ReconnectReason.Closed => AfterClose(cause.CloseCode ?? CloseCodes.Abnormal, attempt, random),
        ReconnectReason.Refused => AfterRefusal(cause, attempt, canRefresh, random),
        _ => new Decision(Backoff(attempt, random)),
    };

    private Decision AfterClose(int code, int attempt, double random) => code switch
    {
        CloseCodes.ComeBack or CloseCodes.GoingAway or CloseCodes.SlowConsumer => new Decision(AtOnce(attempt, random)),
        CloseCodes.TokenExpired => new Decision(AtOnce(attempt, random), FreshToken: true),
        _ => new Decision(Backoff(attempt, random), Terminal: CloseCodes.IsFinal(code)),
    };

    private Decision AfterRefusal(Cause cause, int attempt, bool canRefresh, double random) => cause.StatusCode switch
    {
        HttpStatusCode.Unauthorized when canRefresh => new Decision(AtOnce(attempt, random), FreshToken: true),
        HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden =>
            new Decision(Backoff(attempt, random), Terminal: true),
        _ => new Decision((cause.Wait ?? TimeSpan.Zero) + Backoff(attempt, random)),
    };

    private TimeSpan AtOnce(int attempt, double random) => attempt == 0 ? Base / 4 * random : Backoff(attempt - 1, random);

    private TimeSpan Backoff(int attempt, double random)
    {
        var bound = Base.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 40));
        return TimeSpan.FromMilliseconds(Math.Min(bound, Cap.TotalMilliseconds) * random);
    }
}
