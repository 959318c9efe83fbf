using System.Buffers;
using System.Net;
using System.Net.Sockets;
using AkkaSockets.Node.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Listeners.Proxies;

/// <summary>
/// Connection middleware: the address of a client behind a proxy. A connection from a trusted address starts with a PROXY header, or is
/// ended; after it the connection's ends are those that the header names. Nobody else's first bytes are looked at, so that nobody
/// else can say where they come from.
/// </summary>
internal sealed partial class ProxyProtocol(IReadOnlyList<IPNetwork> trusted, TimeProvider time, ILogger<ProxyProtocol> log)
{
    // The specification asks for at least 3 s, which a lost first packet may take; and whoever sends a header sends it at once.
    internal static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(5);

    /// <summary>To be used before anything that reads, TLS included: the header comes first.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => connection => IsTrusted(connection.RemoteEndPoint) ? ReadAsync(connection, next) : next(connection);

    private async Task ReadAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var proxy = connection.RemoteEndPoint;
        var fault = await TakeHeaderAsync(connection).ConfigureAwait(false);
        if (fault is null)
        {
            await next(connection).ConfigureAwait(false);
            return;
        }
        // One that says nothing is a health check that only connects.
        if (fault.Length > 0) LogRefused(log, proxy, fault);
        connection.Abort(new ConnectionAbortedException($"No PROXY header: {fault}."));
    }

    /// <summary>Takes the header, and nothing after it, from the connection.</summary>
    /// <returns>Null, or why there is none: empty where the connection ended without a byte.</returns>
    private async Task<string?> TakeHeaderAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var deadline = new CancellationTokenSource(HeaderTimeout, time);
        try
        {
            while (true)
            {
                var came = await input.ReadAsync(deadline.Token).ConfigureAwait(false);
                var header = Read(came.Buffer);
                if (header.Status == ProxyHeaderStatus.Complete)
                {
                    input.AdvanceTo(came.Buffer.GetPosition(header.Length));
                    Name(connection, header);
                    return null;
                }
                input.AdvanceTo(came.Buffer.Start, came.Buffer.End);
                if (header.Status == ProxyHeaderStatus.Invalid) return header.Fault;
                if (came.IsCompleted) return came.Buffer.IsEmpty ? "" : "the connection ended within it";
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return $"it did not come within {HeaderTimeout.TotalSeconds} s";
        }
        catch (Exception fault) when (fault is ConnectionResetException or ConnectionAbortedException)
        {
            return "";
        }
    }

    private static ProxyHeader Read(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment) return ProxyHeader.Read(buffer.FirstSpan);
        return ProxyHeader.Read(buffer.Slice(0, Math.Min(buffer.Length, ProxyHeader.MostBytes)).ToArray());
    }

    private static void Name(ConnectionContext connection, ProxyHeader header)
    {
        if (header.Source is null) return;
        connection.RemoteEndPoint = Plain(header.Source);
        connection.LocalEndPoint = Plain(header.Destination!);
    }

    private bool IsTrusted(EndPoint? peer) => peer is IPEndPoint { Address: var address } && Contains(Plain(address));

    private bool Contains(IPAddress address)
    {
        foreach (var network in trusted)
        {
            if (network.Contains(address)) return true;
        }
        return false;
    }

    /// <summary>An IPv4 address that came as an IPv6 one is the same client's.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPEndPoint Plain(IPEndPoint end) => end.AddressFamily == AddressFamily.InterNetworkV6 ? new(Plain(end.Address), end.Port) : end;
}

internal static class ProxyProtocolExtensions
{
    /// <summary>Takes PROXY headers on this listener from <c>ProxyProtocol:Trusted</c>. To be called before all else that reads.</summary>
    public static void UseProxyProtocol(this ListenOptions listener)
    {
        var trusted = listener.ApplicationServices.GetRequiredService<IOptions<ProxyProtocolOptions>>().Value.TrustedList;
        if (trusted.Count == 0) return;
        listener.Use(ActivatorUtilities.CreateInstance<ProxyProtocol>(listener.ApplicationServices, trusted).Before);
    }
}
