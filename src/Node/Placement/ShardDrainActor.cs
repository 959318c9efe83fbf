using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using AkkaSockets.Node.Lifecycle;
using Cluster = Akka.Cluster.Cluster;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// Empties this node of its shards when the drain routine asks: it announces the drain, which makes the coordinator move them, and sees to it that none is left. One
/// on each node. It also notices when the node is made to leave without having drained.
/// </summary>
internal sealed class ShardDrainActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly IActorRef _shards, _users, _board;
    private readonly PlacementBoard _placement;
    private readonly DrainState _drain;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly List<IActorRef> _draining = [];
    private readonly List<IActorRef> _stopping = [];
    private bool _isStopped;

    /// <param name="shards">The node's own region.</param>
    /// <param name="users">The node's way to all users.</param>
    public ShardDrainActor(IActorRef shards, IActorRef users, IActorRef board, PlacementBoard placement, DrainState drain) =>
        (_shards, _users, _board, _placement, _drain) = (shards, users, board, placement, drain);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.Watch(_shards);
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberLeft), typeof(ClusterEvent.MemberExited), typeof(ClusterEvent.MemberDowned));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DrainShards: Drain(Sender); break;
            case Look: AskHowMany(); break;
            case ShardRegionStats stats when stats.Stats.Count == 0 && stats.Failed.Count == 0: EndDraining(); break;
            case ShardRegionStats or Status.Failure: Timers.StartSingleTimer(Look.Instance, Look.Instance, LookEvery); break;

            case StopShards: Stop(Sender); break;
            case Terminated gone when gone.ActorRef.Equals(_shards): OnStopped(); break;

            case ClusterEvent.IMemberEvent change when change.Member.UniqueAddress.Equals(_cluster.SelfUniqueAddress): _drain.Leave(); break;
        }
    }

    private void Drain(IActorRef asker)
    {
        // Whoever is no member any more moves nothing: the others have taken its shards already, or will.
        if (_isStopped || !IsMember())
        {
            asker.Tell(ShardsDrained.Instance);
            return;
        }
        _draining.Add(asker);
        if (_draining.Count > 1) return;
        _board.Tell(AnnounceDrain.Instance);
        AskHowMany();
    }

    private void AskHowMany()
    {
        if (_draining.Count == 0) return;
        if (_isStopped || !IsMember() || !IsSomebodyLeft()) EndDraining();
        else _shards.Ask<ShardRegionStats>(GetShardRegionStats.Instance, AnswerWithin).PipeTo(Self);
    }

    private void EndDraining()
    {
        foreach (var asker in _draining) asker.Tell(ShardsDrained.Instance);
        _draining.Clear();
    }

    private void Stop(IActorRef asker)
    {
        if (_isStopped)
        {
            asker.Tell(ShardsStopped.Instance);
            return;
        }
        _stopping.Add(asker);
        _shards.Tell(GracefulShutdown.Instance);
    }

    private void OnStopped()
    {
        _isStopped = true;
        EndDraining();
        // With nobody left to route to, what waits in it would hold up the stop.
        if (!IsSomebodyLeft()) Context.Stop(_users);
        foreach (var asker in _stopping) asker.Tell(ShardsStopped.Instance);
        _stopping.Clear();
    }

    private bool IsMember() => !_cluster.IsTerminated && _cluster.SelfMember.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting;

    private bool IsSomebodyLeft()
    {
        var state = _cluster.State;
        return state.Members.Any(member => member.Status == MemberStatus.Up && member.HasRole(MemberRoles.Node)
            && !member.UniqueAddress.Equals(_cluster.SelfUniqueAddress) && !state.Unreachable.Contains(member) && !_placement.IsDraining(member.UniqueAddress));
    }

    public static Props PropsOf(IActorRef shards, IActorRef users, IActorRef board, PlacementBoard placement, DrainState drain) =>
        Props.Create(typeof(ShardDrainActor), shards, users, board, placement, drain);

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }
}

/// <summary>The <see cref="ShardDrainActor"/>, as the actor registry knows it.</summary>
public sealed class ShardDrain;

/// <summary>Give all shards away, the node staying a member; answered by <see cref="ShardsDrained"/> when none is left or nobody could take them.</summary>
internal sealed record DrainShards : INoSerializationVerificationNeeded
{
    public static readonly DrainShards Instance = new();
}

internal sealed record ShardsDrained : INoSerializationVerificationNeeded
{
    public static readonly ShardsDrained Instance = new();
}

/// <summary>End this node's region, whatever it still has going elsewhere at once; answered by <see cref="ShardsStopped"/>.</summary>
internal sealed record StopShards : INoSerializationVerificationNeeded
{
    public static readonly StopShards Instance = new();
}

internal sealed record ShardsStopped : INoSerializationVerificationNeeded
{
    public static readonly ShardsStopped Instance = new();
}
