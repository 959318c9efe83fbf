using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;

namespace AkkaSockets.SignalRPeer;

/// <summary>The token's <c>sub</c>, under either of the names that it gets.</summary>
internal sealed class SubjectUserIdProvider : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? connection.User.FindFirstValue("sub");
}
