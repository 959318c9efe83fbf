using Akka.Actor;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Admin;

/// <summary><c>sockets</c>: the clients' connections, of the whole cluster.</summary>
internal sealed class SocketsPalette(ActorSystem system, Members members, UserCommands users) : IPalette
{
    private static readonly Switch Whose = new("user", "Only this user's.", 'u') { Placeholder = "USER" };
    private static readonly Switch Device = new("device", "Only this device's.", 'd') { Placeholder = "DEVICE" };
    private static readonly Switch Most = new("most", "How many to list at the most, of each node.", 'm') { Kind = SwitchKind.Number, Default = "1000", Placeholder = "N" };

    public string Name => "sockets";

    public string Help => "The clients' connections, of the whole cluster.";

    public IReadOnlyList<Command> Commands =>
    [
        new("show", "Shows how many sockets each node holds.", ShowAsync),
        new("list", "Lists sockets, oldest first on each node.", ListAsync) { Switches = [Whose, Most] },
        new("close", "Closes a user's sockets with 4502: the clients do not come back by themselves.", CloseAsync) { Switches = [UserCommands.User, Device] },
        new("reconnect", "Asks a user's clients to reconnect.", ReconnectAsync) { Switches = [UserCommands.User] },
        new("tail", "Tells which sockets open, are sent away and close, as it happens.", TailAsync) { Switches = [Whose], Streams = true },
    ];

    private async Task ShowAsync(CommandRun run)
    {
        var replies = await members.AskAllAsync<Messages.Admin.MemberStatus>(new GetMemberStatus(), run.Stop, MemberRoles.IsNode).ConfigureAwait(false);
        await run.Answer.TableAsync("nodes", "node", "sockets", "draining").ConfigureAwait(false);
        foreach (var reply in replies) await run.Answer.RowAsync(reply.Name, reply.Reply?.Sockets, reply.Reply?.IsDraining).ConfigureAwait(false);
        await run.Answer.RecordAsync("total", ("sockets", replies.Sum(reply => reply.Reply?.Sockets ?? 0))).ConfigureAwait(false);
        await members.TellSilentAsync(run.Answer, replies).ConfigureAwait(false);
    }

    private async Task ListAsync(CommandRun run)
    {
        var (user, most) = (WhoseOf(run), run.Switches.Number(Most.Name)!.Value);
        await run.Answer.TableAsync("sockets", "node", "user", "device", "owner", "remote", "since", "id").ConfigureAwait(false);
        await Task.WhenAll(members.State.Members.Where(MemberRoles.IsNode).Select(async member =>
        {
            long? after = 0;
            for (var listed = 0; after is { } from;)
            {
                if (await members.AskAsync(member, new ListSockets(user, from), run.Stop).ConfigureAwait(false) is not { } reply)
                {
                    await run.Answer.SilentAsync(MemberNames.Of(member), members.Deadline).ConfigureAwait(false);
                    return;
                }
                if (reply is not SocketsListed page) return;
                foreach (var socket in page.Sockets.Take(most - listed)) await RowAsync(page.Node, socket).ConfigureAwait(false);
                listed += page.Sockets.Count;
                after = page.Next;
                if (listed < most || (listed == most && after is null)) continue;
                await run.Answer.NoteAsync($"{page.Node} has more than the {most} that are listed (--{Most.Name}).").ConfigureAwait(false);
                return;
            }
        })).ConfigureAwait(false);

        Task RowAsync(string node, SocketDescription socket) => run.Answer.RowAsync(
            node, socket.User.Value, socket.Device.Value, socket.Owner, socket.Remote, DateTimeOffset.FromUnixTimeMilliseconds(socket.Since), socket.Id.ToString());
    }

    private async Task CloseAsync(CommandRun run)
    {
        DeviceId? device = null;
        if (run.Switches.Text(Device.Name) is { } text)
        {
            if (!DeviceId.TryParse(text, out var one)) throw new CommandMisusedException($"--{Device.Name} takes a device id: 1 to {DeviceId.MaxLength} characters without white space.");
            device = one;
        }
        var user = UserCommands.UserOf(run);
        var told = await users.AskAsync<SocketsTold>(run, new CloseConnections(user, device)).ConfigureAwait(false);
        await run.Answer.RecordAsync("closed", ("user", user.Value), ("closed", told.Sockets)).ConfigureAwait(false);
    }

    private async Task ReconnectAsync(CommandRun run)
    {
        var user = UserCommands.UserOf(run);
        var told = await users.AskAsync<SocketsTold>(run, new RequestReconnect(user)).ConfigureAwait(false);
        await run.Answer.RecordAsync("asked", ("user", user.Value), ("sockets", told.Sockets)).ConfigureAwait(false);
    }

    private async Task TailAsync(CommandRun run)
    {
        var user = WhoseOf(run);
        await run.Answer.EventsAsync("at", "event", "node", "user", "device", "remote", "code", "detail", "id").ConfigureAwait(false);
        using var news = new ClusterNews(system, members, FollowTopic.Sockets, MemberRoles.IsNode);
        await foreach (var happened in news.ReadAsync(run.Answer, run.Stop).ConfigureAwait(false))
        {
            if (happened is not SocketNews { Events: var events } one) continue;
            foreach (var e in events.Where(e => user is not { } only || e.User == only))
            {
                await run.Answer.RowAsync(
                    DateTimeOffset.FromUnixTimeMilliseconds(e.At), NameOf(e.Kind), one.Node, e.User.Value, e.Device.Value, e.Remote,
                    e.Code == 0 ? default(Cell) : e.Code, e.Detail.Length == 0 ? null : e.Detail, e.Id.ToString()).ConfigureAwait(false);
            }
            if (one.Missed > 0) await run.Answer.NoteAsync($"{one.Missed} events of {one.Node} came too fast to be told.").ConfigureAwait(false);
        }
    }

    private static string NameOf(SocketEventKind kind) => kind switch
    {
        SocketEventKind.Opened => "opened",
        SocketEventKind.ReconnectSent => "reconnect",
        _ => "closed",
    };

    private static UserId? WhoseOf(CommandRun run) => run.Switches.Has(Whose.Name) ? UserCommands.UserOf(run) : null;
}
