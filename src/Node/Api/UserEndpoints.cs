using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Api;

/// <summary>What a backend asks about, or of, one user's connections.</summary>
internal sealed class UserEndpoints(UserAsker users, ApiLimits limits, IOptions<PlacementOptions> placement)
{
    /// <summary><c>GET /api/users/{user}</c></summary>
    public Task<IResult> DescribeAsync(HttpContext context) => AskAsync(context, user => new GetUser(user), reply => reply is UserDescribed described
        ? TypedResults.Json(Describe(described))
        : null);

    /// <summary><c>DELETE /api/users/{user}/connections?device=</c></summary>
    public async Task<IResult> CloseAsync(HttpContext context)
    {
        DeviceId? device = null;
        if (context.Request.Query.TryGetValue("device", out var texts))
        {
            // An empty name is more likely a script's empty variable than a wish to close them all.
            if (texts.Count != 1 || !DeviceId.TryParse(texts[0], out var one)) return ApiProblems.BadDevice;
            device = one;
        }
        return await AskAsync(context, user => new CloseConnections(user, device), reply => reply is SocketsTold told
            ? TypedResults.Json(new ClosedAnswer(told.Sockets))
            : null).ConfigureAwait(false);
    }

    /// <summary><c>POST /api/users/{user}/reconnect</c></summary>
    public Task<IResult> ReconnectAsync(HttpContext context) => AskAsync(context, user => new RequestReconnect(user), reply => reply is SocketsTold told
        ? TypedResults.Json(new SocketsAnswer(told.Sockets))
        : null);

    private async Task<IResult> AskAsync(HttpContext context, Func<UserId, IWithUserId> command, Func<IUserReply, IResult?> answer)
    {
        if (!UserPath.TryRead(context, out var user)) return ApiProblems.BadUser;
        try
        {
            var reply = await users.AskAsync(command(user), context.RequestAborted).ConfigureAwait(false);
            return answer(reply) ?? throw new InvalidOperationException($"{reply.GetType().Name} does not answer {command(user).GetType().Name}.");
        }
        catch (UserUnavailableException fault)
        {
            return ApiProblems.Unavailable(fault.Why, limits.RetryAfter, default);
        }
    }

    private UserAnswer Describe(UserDescribed user) => new(
        user.User.Value,
        user.Epoch,
        user.Head,
        user.First,
        user.Node,
        ShardId.Of(user.User, placement.Value.Shards).Value,
        [.. user.Devices.Select(Describe)]);

    private static DeviceAnswer Describe(DeviceDescription device) => new(
        device.Device.Value,
        device.Acked,
        device.Socket is not null,
        device.Socket?.Node,
        device.Socket is { } socket ? new DateTimeOffset(socket.AcceptedAt, TimeSpan.Zero).ToUnixTimeMilliseconds() : null,
        device.Socket?.Remote);
}
