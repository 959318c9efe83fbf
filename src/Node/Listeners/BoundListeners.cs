using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkkaSockets.Node.Listeners;

/// <summary>Where a listener is bound. <paramref name="IsAnyHost"/>: on all of the machine's addresses, so that the host says nothing.</summary>
public sealed record ListenerAddress(string Scheme, string Host, int Port, bool IsAnyHost)
{
    /// <summary><c>http://127.0.0.1:8080</c></summary>
    public override string ToString() => $"{Scheme}://{Host}:{Port}";
}

/// <summary>The listeners as Kestrel bound them, with the port that a configured port 0 became.</summary>
public sealed class BoundListeners
{
    private readonly ConcurrentDictionary<ListenerRole, Listener> _listeners = new();
    private readonly ConcurrentQueue<BindFault> _faults = new();

    /// <summary>The listener's address; final once the host has started.</summary>
    /// <exception cref="KeyNotFoundException"><see cref="ListenerSetup.ConfigureListeners"/> was not called.</exception>
    public ListenerAddress this[ListenerRole role]
    {
        get
        {
            var (configured, kestrel) = _listeners[role];
            var bound = kestrel.IPEndPoint!;
            var any = bound.Address.Equals(IPAddress.Any) || bound.Address.Equals(IPAddress.IPv6Any);
            var host = bound.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{bound.Address}]" : bound.Address.ToString();
            return new(configured.Url.Scheme, host, bound.Port, any);
        }
    }

    internal void Add(ListenerRole role, ConfiguredListener configured, ListenOptions kestrel) => _listeners[role] = new(configured, kestrel);

    internal void Failed(EndPoint endPoint, SocketException fault) => _faults.Enqueue(new(endPoint, fault));

    /// <summary>The listener that could not be bound, and why; null where none failed.</summary>
    internal (ConfiguredListener Listener, SocketException Fault)? FirstFault()
    {
        foreach (var (endPoint, fault) in _faults)
        {
            foreach (var (configured, kestrel) in _listeners.Values)
            {
                var isLocalhost = configured.IsLocalhost && (endPoint as IPEndPoint)?.Port == configured.Url.Port;
                if (isLocalhost || Equals(kestrel.EndPoint, endPoint)) return (configured, fault);
            }
        }
        return null;
    }

    private sealed record Listener(ConfiguredListener Configured, ListenOptions Kestrel);

    private sealed record BindFault(EndPoint EndPoint, SocketException Fault);
}
