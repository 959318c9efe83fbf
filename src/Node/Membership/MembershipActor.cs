using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Membership;

/// <summary>
/// Follows this member's way into the cluster: says whom it waits for, counts the nodes for the first placement, and stops a node that does not fit those which
/// are there. One per member, made at start; nobody talks to it. While it is dead, none of that is done.
/// </summary>
internal sealed partial class MembershipActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FurtherWord = TimeSpan.FromSeconds(30);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Dictionary<UniqueAddress, Member> _members = [];
    private readonly string _seeds;
    private readonly FirstPlacement _first;
    private readonly Action<string> _refuse;
    private readonly ILogger _log;

    /// <param name="seeds">Whom this member asks to join, to show.</param>
    /// <param name="refuse">Ends the process, since this node can't be in this cluster; told once, with one line that says why.</param>
    public MembershipActor(string seeds, FirstPlacement first, Action<string> refuse, ILogger log) => (_seeds, _first, _refuse, _log) = (seeds, first, refuse, log);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Timers.StartSingleTimer(SayWaiting.Instance, SayWaiting.Instance, FirstWord);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberRemoved { Member: var gone }:
                _members.Remove(gone.UniqueAddress);
                OnMembers();
                break;
            case ClusterEvent.IMemberEvent { Member: var member }:
                _members[member.UniqueAddress] = member;
                OnMembers();
                break;
            case SayWaiting:
                LogWaiting(_log, _seeds);
                Timers.StartSingleTimer(SayWaiting.Instance, SayWaiting.Instance, FurtherWord);
                break;
        }
    }

    private void OnMembers()
    {
        _first.SeeNodes(_members.Values.Count(member => member.Status == MemberStatus.Up && member.HasRole(MemberRoles.Node)));
        if (!_members.TryGetValue(_cluster.SelfUniqueAddress, out var self)) return;
        // Nobody waits who has a cluster.
        Timers.Cancel(SayWaiting.Instance);
        // Of two that differ the one that came later goes; while both are joining nobody is later.
        var fault = _members.Values
            .Where(other => other.Status is MemberStatus.Up or MemberStatus.Leaving && other.IsOlderThan(self))
            .Select(other => MemberRoles.Disagreement(self.Roles, other.Roles))
            .FirstOrDefault(fault => fault is not null);
        if (fault is null) return;
        _refuse(fault);
        Context.Stop(Self);
    }

    private sealed class SayWaiting
    {
        public static readonly SayWaiting Instance = new();
    }
}
