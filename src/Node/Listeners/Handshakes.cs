using System.Net;
using System.Net.Sockets;
using AkkaSockets.Node.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Listeners;

/// <summary>
/// Connection middleware of the clients' listener: how many connections of one address may be there that are not sockets (yet), and for how long
/// one may be silent. Requests past <c>Limits:HandshakesPerAddress</c> are answered 429; past twice as many a connection is
/// ended without an answer, since whoever opens so many need not send a request at all.
/// </summary>
public sealed class Handshakes(IOptions<LimitsOptions> limits, TimeProvider time)
{
    // What one subscriber has of IPv6 (RFC 6177): of these he may have as many addresses as he likes.
    private const int SubscriberBytes = 8;

    private readonly int _most = limits.Value.HandshakesPerAddress;
    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly Lock _gate = new();

    /// <summary>To be used after whatever tells the client's address, and before TLS.</summary>
    internal ConnectionDelegate Before(ConnectionDelegate next) => connection => RunAsync(connection, next);

    internal int CountOf(IPAddress address)
    {
        lock (_gate) return _open.GetValueOrDefault(SubscriberOf(address));
    }

    internal void Leave(IPAddress subscriber)
    {
        lock (_gate)
        {
            if (_open[subscriber] == 1) _open.Remove(subscriber);
            else _open[subscriber]--;
        }
    }

    /// <summary>Whose limit an address counts against: its own, or that of its IPv6 network.</summary>
    internal static IPAddress SubscriberOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SubscriberBytes).Clear();
        return new IPAddress(bytes);
    }

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var subscriber = SubscriberOf(((IPEndPoint)connection.RemoteEndPoint!).Address);
        var count = Enter(subscriber);
        using var handshake = new Handshake(this, subscriber, count > _most, new ConnectionDeadlines(connection, time));
        if (count > 2 * _most)
        {
            connection.Abort(new ConnectionAbortedException("Too many connections of this address that are no sockets."));
            return;
        }
        handshake.Begin();
        connection.Features.Set(handshake);
        await next(connection).ConfigureAwait(false);
    }

    private int Enter(IPAddress subscriber)
    {
        lock (_gate) return _open[subscriber] = _open.GetValueOrDefault(subscriber) + 1;
    }
}

/// <summary>A connection's place among those of its address that are no sockets; in the features of the connection and of its requests.</summary>
internal sealed class Handshake(Handshakes handshakes, IPAddress subscriber, bool isOneTooMany, ConnectionDeadlines deadlines) : IDisposable
{
    private int _hasLeft;

    public bool IsOneTooMany => isOneTooMany;

    public void Begin()
    {
        deadlines.EndIfSilent();
        // No request of a client is under way for long: these are not waited for.
        deadlines.EndAtStop();
    }

    /// <summary>A request has come: the client is no longer silent.</summary>
    public void RequestCame() => deadlines.RequestCame();

    /// <summary>The connection has become a socket, or is over.</summary>
    public void Dispose()
    {
        deadlines.Dispose();
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0) handshakes.Leave(subscriber);
    }
}
