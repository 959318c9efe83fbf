using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Admin.Commands;

/// <summary><c>cluster</c>: the members.</summary>
public sealed class ClusterPalette(ActorSystem system, Members members) : IPalette
{
    private static readonly Switch Address = new("address", "The member: its name, host:port or full Akka address.", 'a') { Mandatory = true, Placeholder = "ADDRESS" };

    public string Name => "cluster";

    public string Help => "The cluster's members.";

    public IReadOnlyList<Command> Commands =>
    [
        new("show", "Shows every member as this one sees it, and what each says of itself.", ShowAsync),
        new("tail", "Tells what happens to members, as it happens.", TailAsync) { Streams = true },
        new("leave", "Makes a member drain and leave the cluster.", run => EndAsync(run, "leaving", (cluster, address) => cluster.Leave(address))) { Switches = [Address] },
        new("down", "Removes a member that does not come back; its shards start elsewhere.", run => EndAsync(run, "down", (cluster, address) => cluster.Down(address))) { Switches = [Address] },
        new("down-unreachable", "Removes every member that this one can't reach.", DownUnreachableAsync),
    ];

    private async Task ShowAsync(CommandRun run)
    {
        var view = members.State;
        var replies = await members.AskAllAsync<Messages.Admin.MemberStatus>(new GetMemberStatus(), run.Stop).ConfigureAwait(false);
        var said = replies.ToDictionary(reply => reply.Member.UniqueAddress, reply => reply.Reply);
        await run.Answer.TableAsync("members", "member", "address", "status", "reachable", "leader", "state", "version", "since", "roles").ConfigureAwait(false);
        foreach (var member in view.Members)
        {
            var reply = said.GetValueOrDefault(member.UniqueAddress);
            await run.Answer.RowAsync(
                MemberNames.Of(member),
                MemberNames.AddressCell(member.Address),
                member.Status.ToString(),
                view.IsReachable(member),
                view.IsLeader(member),
                reply?.State,
                reply?.Version,
                reply is null ? default(Cell) : DateTimeOffset.FromUnixTimeMilliseconds(reply.StartedAt),
                MemberNames.RolesCell(member)).ConfigureAwait(false);
        }
        await members.TellSilentAsync(run.Answer, replies).ConfigureAwait(false);
    }

    private async Task TailAsync(CommandRun run)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        using var inbox = new CommandInbox(system);
        await run.Answer.EventsAsync("at", "event", "member", "address", "detail").ConfigureAwait(false);
        cluster.Subscribe(inbox.Actor, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent), typeof(ClusterEvent.LeaderChanged));
        await using var watch = new SilenceWatch(members, _ => true, run.Answer, run.Stop);
        await foreach (var happened in inbox.Messages.ReadAllAsync(run.Stop).ConfigureAwait(false))
        {
            var now = DateTimeOffset.UtcNow;
            switch (happened)
            {
                case ClusterEvent.IMemberEvent { Member: var member } change:
                    await RowAsync(change.GetType().Name, member, $"{member.Status}").ConfigureAwait(false);
                    break;
                case ClusterEvent.ReachabilityEvent { Member: var member } change:
                    await RowAsync(change.GetType().Name, member, change is ClusterEvent.UnreachableMember ? "does not answer heartbeats" : "answers heartbeats again").ConfigureAwait(false);
                    break;
                case ClusterEvent.LeaderChanged leader:
                    await run.Answer.RowAsync(now, "LeaderChanged", default, MemberNames.AddressCell(leader.Leader), default).ConfigureAwait(false);
                    break;
            }

            Task RowAsync(string what, Member member, string detail) =>
                run.Answer.RowAsync(now, what, MemberNames.Of(member), MemberNames.AddressCell(member.Address), detail);
        }
    }

    private async Task EndAsync(CommandRun run, string becomes, Action<Akka.Cluster.Cluster, Address> end)
    {
        var member = Find(run.Switches.Text(Address.Name)!);
        end(Akka.Cluster.Cluster.Get(system), member.Address);
        await run.Answer.RecordAsync("member", ("member", MemberNames.Of(member)), ("address", MemberNames.AddressCell(member.Address)), ("asked", becomes)).ConfigureAwait(false);
    }

    private async Task DownUnreachableAsync(CommandRun run)
    {
        var view = members.State;
        var cluster = Akka.Cluster.Cluster.Get(system);
        await run.Answer.TableAsync("downed", "member", "address", "status").ConfigureAwait(false);
        foreach (var member in view.Members.Where(member => !view.IsReachable(member)))
        {
            cluster.Down(member.Address);
            await run.Answer.RowAsync(MemberNames.Of(member), MemberNames.AddressCell(member.Address), member.Status.ToString()).ConfigureAwait(false);
        }
    }

    private Member Find(string text)
    {
        var all = members.State.Members;
        var found = all.Where(member => text == MemberNames.Of(member) || text == member.Address.ToString() || text == $"{member.Address.Host}:{member.Address.Port}").ToList();
        return found.Count > 0
            ? found[0]
            : throw new CommandFailedException($"No member has that name or address. There are {string.Join(", ", all.Select(member => $"{MemberNames.Of(member)} ({member.Address})"))}.");
    }
}
