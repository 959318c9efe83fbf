using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Sockets.Direct;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// <c>GET /ws</c>, below the seam: it checks the upgrade, accepts it, and yields an <see cref="AcceptedSocket"/>. Refusals are problem
/// bodies (RFC 9457) with the status of docs/protocol.md.
/// </summary>
public sealed class SocketEndpoint(UpgradeChecks checks, SocketConnection connection, TimeProvider time)
{
    /// <summary>The one subprotocol, assumed where a client offers none.</summary>
    public const string Subprotocol = "akkasockets.v1.json";

    // A ping after 20 s without a frame, and 40 s for its answer: a socket from which nothing came for 60 s is dropped.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(40);

    private long _lastAcceptedAt;

    public async Task HandleAsync(HttpContext http)
    {
        var request = http.Features.Get<DecidedUpgrade>()?.Take() is { } refusal ? new UpgradeRequest(refusal) : await checks.AdmitAsync(http).ConfigureAwait(false);
        if (request.Refusal is not null)
        {
            await request.Refusal.ExecuteAsync(http).ConfigureAwait(false);
            return;
        }
        await ServeAsync(await AcceptAsync(http, request).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Answers an admitted request with 101.</summary>
    internal async Task<ServedSocket> AcceptAsync(HttpContext http, UpgradeRequest request)
    {
        var subprotocol = UpgradeHandshake.Offered(http).Any() ? Subprotocol : null;
        var (socket, stream) = await UpgradeHandshake.AcceptAsync(http, subprotocol, PingAfter, PongWithin).ConfigureAwait(false);
        http.Features.Get<Handshake>()?.Dispose();
        return new(new AcceptedSocket(socket, request.Who, request.Device, request.Resume, RemoteOf(http), NextAcceptedAt(), stream), stream, http.RequestAborted);
    }

    /// <summary>Serves the socket to its end, and ends its connection.</summary>
    internal async Task ServeAsync(ServedSocket served)
    {
        using (served.Accepted.Socket) await connection.RunAsync(served.Accepted).ConfigureAwait(false);
        await served.Stream.EndAsync(served.Aborted).ConfigureAwait(false);
    }

    /// <summary>UTC ticks that never repeat: two sockets of a device accepted in one tick still have an order.</summary>
    private long NextAcceptedAt()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastAcceptedAt);
            var next = Math.Max(last + 1, time.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref _lastAcceptedAt, next, last) == last) return next;
        }
    }

    private static string RemoteOf(HttpContext http) => new System.Net.IPEndPoint(http.Connection.RemoteIpAddress ?? System.Net.IPAddress.None, http.Connection.RemotePort).ToString();
}

/// <summary>What a request for a socket says; <paramref name="Who"/> is null where it carried no token.</summary>
public sealed record UpgradeRequest(IResult? Refusal, SocketIdentity? Who = null, DeviceId? Device = null, ResumePoint? Resume = null);

/// <summary>An accepted socket with what is below it.</summary>
/// <param name="Aborted">Cancelled when the connection is gone.</param>
internal readonly record struct ServedSocket(AcceptedSocket Accepted, LingeringStream Stream, CancellationToken Aborted);
