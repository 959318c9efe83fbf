using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Messages.Admin;

namespace AkkaSockets.Admin.Cluster;

/// <summary>A member and what it answered: null where it was silent until the deadline.</summary>
public sealed record MemberReply<T>(Member Member, T? Reply)
    where T : class, IAdminReply
{
    public string Name { get; } = MemberNames.Of(Member);
}

/// <summary>Asks the cluster's members, all at once and each with the same deadline.</summary>
public sealed class Members(ActorSystem system, AdminLimits limits)
{
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(system);

    /// <summary>How long one question waits.</summary>
    public TimeSpan Deadline => limits.Deadline;

    public CurrentClusterView State => new(_cluster.State, _cluster.SelfUniqueAddress);

    /// <summary>Where a member's admin actor is.</summary>
    public ActorSelection AdminOf(Member member) => system.ActorSelection(new RootActorPath(member.Address) / "user" / AdminActor.Name);

    /// <summary>Asks every member that <paramref name="which"/> says; one that has no such thing is left out.</summary>
    public async Task<IReadOnlyList<MemberReply<T>>> AskAllAsync<T>(IAdminQuery query, CancellationToken stop, Func<Member, bool>? which = null)
        where T : class, IAdminReply
    {
        var asked = State.Members.Where(which ?? (_ => true)).Select(member => (member, reply: AskAsync(member, query, stop))).ToList();
        await Task.WhenAll(asked.Select(one => one.reply)).ConfigureAwait(false);
        return [.. from one in asked
                   let reply = one.reply.Result
                   where reply is null or T
                   select new MemberReply<T>(one.member, (T?)reply)];
    }

    /// <summary>One member's answer, or null when the deadline passes without one.</summary>
    public async Task<IAdminReply?> AskAsync(Member member, IAdminQuery query, CancellationToken stop)
    {
        try
        {
            return await AdminOf(member).Ask<IAdminReply>(query, limits.Deadline, stop).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Names in the answer who was silent.</summary>
    public async Task TellSilentAsync<T>(Answer answer, IEnumerable<MemberReply<T>> replies)
        where T : class, IAdminReply
    {
        foreach (var silent in replies.Where(reply => reply.Reply is null)) await answer.SilentAsync(silent.Name, limits.Deadline).ConfigureAwait(false);
    }
}

/// <summary>The members as this one sees them.</summary>
public sealed class CurrentClusterView(ClusterEvent.CurrentClusterState state, UniqueAddress self)
{
    /// <summary>By name.</summary>
    public IReadOnlyList<Member> Members { get; } = [.. state.Members.Where(m => m.Status != Akka.Cluster.MemberStatus.Removed).OrderBy(MemberNames.Of, StringComparer.Ordinal)];

    public bool IsReachable(Member member) => !state.Unreachable.Contains(member);

    public bool IsSelf(Member member) => member.UniqueAddress.Equals(self);

    public bool IsLeader(Member member) => member.Address.Equals(state.Leader);
}

/// <summary>How long questions wait and how much is told at once.</summary>
public sealed record AdminLimits
{
    /// <summary>Within it a member answers or counts as silent.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(3);
}
