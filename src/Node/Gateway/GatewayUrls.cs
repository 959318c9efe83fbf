using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Gateway;

/// <summary>Where a client should connect.</summary>
public sealed class GatewayUrls(IOptions<GatewayOptions> options, BoundListeners listeners)
{
    private const string SocketPath = "/ws";

    /// <summary>
    /// This node's own address where it advertises one, since it is the owner of every user and the least loaded of all nodes
    /// there are; else <c>Gateway:Url</c>; else the clients' listener.
    /// </summary>
    /// <param name="requestHost">The Host header: what the client itself calls this machine, for a listener on all addresses.</param>
    public string UrlFor(UserId? user, HostString requestHost)
    {
        if (!string.IsNullOrEmpty(options.Value.AdvertiseUrl)) return options.Value.AdvertiseUrl;
        return string.IsNullOrEmpty(options.Value.Url) ? UrlOfListener(listeners[ListenerRole.Clients], requestHost) : options.Value.Url;
    }

    private static string UrlOfListener(ListenerAddress listener, HostString requestHost)
    {
        var scheme = listener.Scheme == "https" ? "wss" : "ws";
        var host = listener.IsAnyHost && requestHost.HasValue ? requestHost.ToUriComponent() : $"{listener.Host}:{listener.Port}";
        return $"{scheme}://{host}{SocketPath}";
    }
}
