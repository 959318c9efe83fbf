using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Gateway;

/// <summary>Where a client should connect.</summary>
public sealed class GatewayUrls(IOptions<GatewayOptions> options, BoundListeners listeners, PlacementBoard board, NodeDirectory nodes)
{
    private const string SocketPath = "/ws";

    /// <summary>
    /// The address that the user's owner advertises, so that what is delivered need not cross nodes; else the least loaded node's; where none advertises any,
    /// <c>Gateway:Url</c>; else the clients' listener. An owner that drains is not named.
    /// </summary>
    /// <param name="user">Null where it is not known who asks.</param>
    /// <param name="requestHost">The Host header: what the client itself calls this machine, for a listener on all addresses.</param>
    public string UrlFor(UserId? user, HostString requestHost)
    {
        if (user is { } known && OwnerOf(known) is { } owner && nodes.UrlOf(owner) is { } owners) return owners;
        if (nodes.TakeLeastLoadedUrl() is { } least) return least;
        return string.IsNullOrEmpty(options.Value.Url) ? UrlOfListener(listeners[ListenerRole.Clients], requestHost) : options.Value.Url;
    }

    private string? OwnerOf(UserId user) => board.Placement is { Table: var table } && table.Count > 0 ? table[ShardId.Of(user, table.Count)] : null;

    private static string UrlOfListener(ListenerAddress listener, HostString requestHost)
    {
        var scheme = listener.Scheme == "https" ? "wss" : "ws";
        var host = listener.IsAnyHost && requestHost.HasValue ? requestHost.ToUriComponent() : $"{listener.Host}:{listener.Port}";
        return $"{scheme}://{host}{SocketPath}";
    }
}
