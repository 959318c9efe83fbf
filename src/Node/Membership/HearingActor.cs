using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Messages.Nodes;

namespace AkkaSockets.Node.Membership;

/// <summary>
/// Asks every member each second, or more often where answers are worth less than 5 s, whether it still counts this one as a member, answers the same question, and tells <see cref="Majority"/> how long the answers
/// are good for. One on every member, Lighthouse too, under the same path. It asks the seeds that are no members too: one that answers is in another cluster, and the smaller
/// of the two ends. While it is dead, its node soon serves no durable command.
/// </summary>
internal sealed partial class HearingActor : UntypedActor, IWithTimers
{
    /// <summary>The actor's name below /user, by which members find each other's.</summary>
    public const string Name = "hearing";

    // Of what an answer is worth: one may be lost, and the next come late.
    private const int AsksInItsTime = 5;

    // Seldom: a seed that is away has Akka complain each time.
    private static readonly TimeSpan SeedsInterval = TimeSpan.FromSeconds(10);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly Dictionary<Address, TimeSpan> _askedAt = [];
    private readonly Majority _majority;
    private readonly TimeSpan _worth;
    private readonly TimeSpan _interval;
    private readonly ILogger _log;
    private ImmutableDictionary<Address, MemberStatus> _members = ImmutableDictionary<Address, MemberStatus>.Empty;
    private TimeSpan _tickedAt;
    private bool? _wasHeard;

    public HearingActor(Majority majority, ILogger log)
    {
        (_majority, _log) = (majority, log);
        _worth = Context.System.Settings.Config.GetTimeSpan("akka.cluster.failure-detector.acceptable-heartbeat-pause");
        _interval = _worth / AsksInItsTime;
        _tickedAt = majority.Elapsed;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private IEnumerable<Address> Counted => _members.Where(member => member.Value is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting).Select(member => member.Key);

    private List<string> Up => [.. _members.Where(member => member.Value == MemberStatus.Up).Select(member => member.Key.ToString())];

    private bool IsUp => _members.GetValueOrDefault(_cluster.SelfAddress, MemberStatus.Removed) == MemberStatus.Up;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _interval);
        Timers.StartPeriodicTimer(AskSeeds.Instance, AskSeeds.Instance, SeedsInterval);
    }

    protected override void PostStop()
    {
        _majority.HearUntil(TimeSpan.MinValue);
        _cluster.Unsubscribe(Self);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskIfMember ask:
                if (!_members.TryGetValue(Sender.Path.Address, out var status)) AnswerStranger();
                else if (status != MemberStatus.Down) Sender.Tell(new StillMember(ask.AskedAt));
                break;
            case StillMember still:
                var askedAt = TimeSpan.FromTicks(still.AskedAt);
                if (!_askedAt.TryGetValue(Sender.Path.Address, out var known) || known < askedAt) _askedAt[Sender.Path.Address] = askedAt;
                Conclude();
                break;
            case ClusterEvent.IMemberEvent { Member: var member } change:
                if (change is ClusterEvent.MemberRemoved) Forget(member.Address);
                else Count(member);
                Conclude();
                break;
            case Tick:
                OnTick();
                break;
            case AskSeeds:
                if (IsUp) Ask(_cluster.Settings.SeedNodes.Except(_members.Keys));
                break;
            case OtherCluster other:
                OnOtherCluster(other);
                break;
        }
    }

    /// <summary>
    /// Only one that is up: whoever is on the way into the asker's cluster may not have heard of the asker yet. Of two that are up in one cluster, the one that came later knows
    /// the other.
    /// </summary>
    private void AnswerStranger()
    {
        if (IsUp) Sender.Tell(new OtherCluster(Up.Count, TwoClusters.FirstOf(Up)));
    }

    private void OnOtherCluster(OtherCluster other)
    {
        if (!IsUp || _members.ContainsKey(Sender.Path.Address) || !TwoClusters.Yields(Up, other.Members, other.First)) return;
        LogOtherCluster(_log, Sender.Path.Address, other.Members, Up.Count);
        _cluster.Down(_cluster.SelfAddress);
    }

    private void Count(Member member)
    {
        _members = _members.SetItem(member.Address, member.Status);
        Ask([member.Address]);
    }

    private void Forget(Address member)
    {
        _members = _members.Remove(member);
        _askedAt.Remove(member);
    }

    private void OnTick()
    {
        var now = _majority.Elapsed;
        if (now - _tickedAt > _interval + _worth) LogStoodStill(_log, (now - _tickedAt).TotalSeconds);
        _tickedAt = now;
        // A node that was put out is told by nobody.
        if (_cluster.IsTerminated) _members = _members.Clear();
        Ask(_members.Keys);
        Conclude();
        Tell();
    }

    private void Ask(IEnumerable<Address> members)
    {
        var question = new AskIfMember(_majority.Elapsed.Ticks);
        foreach (var member in members.Where(member => member != _cluster.SelfAddress))
            Context.ActorSelection(new RootActorPath(member) / "user" / Name).Tell(question);
    }

    private void Conclude() => _majority.HearUntil(MajorityRule.HeardUntil(_cluster.SelfAddress, [.. Counted], _askedAt, _worth));

    private void Tell()
    {
        var isHeard = _majority.IsHeard;
        if (isHeard == _wasHeard) return;
        if (isHeard && _wasHeard is not null) LogHeard(_log);
        else if (!isHeard && _wasHeard is not null) LogNotHeard(_log, Counted.Count(member => member == _cluster.SelfAddress || IsFresh(member)), Counted.Count());
        // Before it has joined it is no news that nobody is heard.
        if (isHeard || _wasHeard is not null) _wasHeard = isHeard;
    }

    private bool IsFresh(Address member) => _askedAt.TryGetValue(member, out var at) && _majority.Elapsed < at + _worth;

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed class AskSeeds : INoSerializationVerificationNeeded
    {
        public static readonly AskSeeds Instance = new();
    }
}
