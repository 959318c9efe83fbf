using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace AkkaSockets.SignalRPeer;

/// <summary>Users send to users; the backplane finds the node.</summary>
[Authorize]
internal sealed class PeersHub : Hub
{
    public Task Send(string to, string data) => Clients.User(to).SendAsync("msg", Context.UserIdentifier, data);
}
