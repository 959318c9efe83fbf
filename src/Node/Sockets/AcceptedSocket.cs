using System.Net.WebSockets;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Auth;

namespace AkkaSockets.Node.Sockets;

/// <summary>
/// What the accepting side yields, and all that the rest knows of a connection: no HTTP object outlives the upgrade above this seam,
/// so that what is below it can be replaced.
/// </summary>
/// <param name="Who">Null where the request carried no token: the client must send <c>open</c>.</param>
/// <param name="Device">Null where the request named none.</param>
/// <param name="Remote">The client's address, for people to read.</param>
/// <param name="AcceptedAt">UTC ticks, growing strictly on one node: of two sockets of a device the later one wins.</param>
/// <param name="Writes">What the socket writes on, where frames can be gathered.</param>
public sealed record AcceptedSocket(
    WebSocket Socket, SocketIdentity? Who, DeviceId? Device, ResumePoint? Resume, string Remote, long AcceptedAt, IGathersWrites? Writes = null);

/// <summary>Whose socket it is, until when, and whom it may send to. <paramref name="ExpiresAt"/> is null without a token (Development).</summary>
public sealed record SocketIdentity(UserId User, DateTimeOffset? ExpiresAt, SendRights Rights);
