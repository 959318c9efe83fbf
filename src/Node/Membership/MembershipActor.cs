using Akka.Actor;
using Akka.Cluster;
using Akka.Remote;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Membership;

/// <summary>
/// Follows this member's way into the cluster and out of it: says whom it waits for, counts the nodes for the first placement, stops a node that does not fit those
/// which are there, and one that another member has put out of the cluster. One per member, made at start; nobody talks to it. While it is dead, none of that is done.
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
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Timers.StartSingleTimer(SayWaiting.Instance, SayWaiting.Instance, FirstWord);
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        Context.System.EventStream.Unsubscribe(Self);
    }

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
            case ThisActorSystemQuarantinedEvent by:
                OnQuarantined(by.RemoteAddress);
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

    /// <summary>
    /// Another member takes nothing from this one until it is a new process, as it does with whom the cluster went on without. One that did not notice itself would stay, with
    /// users who are served elsewhere, until its failure detector gives the others up. (The JVM's split-brain resolver does this; Akka.NET's does not listen.)
    /// </summary>
    private void OnQuarantined(Address by)
    {
        if (!_members.ContainsKey(_cluster.SelfUniqueAddress) || _members.Values.All(member => member.Address != by)) return;
        Context.System.EventStream.Unsubscribe(Self);
        LogQuarantined(_log, by);
        _cluster.Down(_cluster.SelfAddress);
    }

    private sealed class SayWaiting
    {
        public static readonly SayWaiting Instance = new();
    }
}
