using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Admin;

/// <summary><c>users</c>: one user.</summary>
internal sealed class UsersPalette(UserCommands users, IOptions<PlacementOptions> placement) : IPalette
{
    public string Name => "users";

    public string Help => "One user, wherever in the cluster.";

    public IReadOnlyList<Command> Commands =>
    [
        new("show", "Shows a user's log, devices and sockets.", ShowAsync) { Switches = [UserCommands.User] },
        new("where", "Shows which shard and node a user lives on, and where the sockets are.", WhereAsync) { Switches = [UserCommands.User] },
    ];

    private async Task ShowAsync(CommandRun run)
    {
        var user = await DescribeAsync(run).ConfigureAwait(false);
        await run.Answer.RecordAsync(
            "user",
            ("user", user.User.Value),
            ("node", user.Node),
            ("shard", ShardOf(user.User)),
            ("epoch", user.Epoch.Length == 0 ? null : user.Epoch),
            ("head", user.Head),
            ("first", user.First)).ConfigureAwait(false);
        await run.Answer.TableAsync("devices", "device", "acked", "connected", "node", "since", "seen", "remote").ConfigureAwait(false);
        foreach (var device in user.Devices)
        {
            await run.Answer.RowAsync(
                device.Device.Value,
                device.Acked,
                device.Socket is not null,
                device.Socket?.Node,
                device.Socket is { } socket ? new DateTimeOffset(socket.AcceptedAt, TimeSpan.Zero) : default(Cell),
                // Of one that is connected it says "now".
                device.Socket is null && device.SeenAt is > 0 and < long.MaxValue ? DateTimeOffset.FromUnixTimeMilliseconds(device.SeenAt) : default(Cell),
                device.Socket?.Remote).ConfigureAwait(false);
        }
    }

    private async Task WhereAsync(CommandRun run)
    {
        var user = await DescribeAsync(run).ConfigureAwait(false);
        await run.Answer.RecordAsync("user", ("user", user.User.Value), ("shard", ShardOf(user.User)), ("node", user.Node)).ConfigureAwait(false);
        await run.Answer.TableAsync("sockets", "device", "node").ConfigureAwait(false);
        foreach (var device in user.Devices.Where(device => device.Socket is not null))
            await run.Answer.RowAsync(device.Device.Value, device.Socket!.Node).ConfigureAwait(false);
    }

    private Task<UserDescribed> DescribeAsync(CommandRun run) => users.AskAsync<UserDescribed>(run, new GetUser(UserCommands.UserOf(run)));

    private int ShardOf(UserId user) => ShardId.Of(user, placement.Value.Shards).Value;
}
