using Akka.Actor;
using Akka.Cluster;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Membership;

/// <summary>
/// Tells whoever waits for an answer that a node has gone for good: a question to it is lost, and who has its users now can be asked. Without it they would find out when
/// their patience, which doubles, is over. Told by <see cref="LostNodesActor"/>; safe from any thread.
/// </summary>
public sealed class LostNodes
{
    private CancellationTokenSource _next = new();

    /// <summary>Is cancelled by the first loss after it was taken.</summary>
    public CancellationToken Next => Volatile.Read(ref _next).Token;

    internal void Tell() => _ = Interlocked.Exchange(ref _next, new CancellationTokenSource()).CancelAsync();
}

/// <summary>
/// Notices on each node that another was removed, and tells those who may wait for it: askers by <see cref="LostNodes"/>, socket handlers through their parent. With it dies
/// nothing but the haste.
/// </summary>
internal sealed class LostNodesActor(LostNodes lost, IActorRef sockets) : UntypedActor, IWithTimers
{
    // The node's own region hears of the loss by itself, at about the same time; what comes sooner is sent to the dead. So is what comes before the coordinator has heard, two rounds of
    // gossip later at the most: asked where a user is it names the dead node once more, and the region rests on that until remoting finds it dead as well.
    private static readonly TimeSpan AllKnowWithin = TimeSpan.FromMilliseconds(600);

    // By then remoting has found the node dead that somebody was told of all the same (akka.hocon, watch-failure-detector): who was has waited in vain until now.
    private static readonly TimeSpan RemotingKnowsWithin = TimeSpan.FromSeconds(6);

    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberRemoved { Member: var member } when MemberRoles.IsNode(member):
                Timers.StartSingleTimer(nameof(AllKnowWithin), NodeLost.Instance, AllKnowWithin);
                Timers.StartSingleTimer(nameof(RemotingKnowsWithin), NodeLost.Instance, RemotingKnowsWithin);
                break;
            case NodeLost:
                lost.Tell();
                sockets.Tell(NodeLost.Instance);
                break;
        }
    }
}

/// <summary>A node has gone for good a moment ago.</summary>
internal sealed record NodeLost : INoSerializationVerificationNeeded
{
    public static readonly NodeLost Instance = new();
}
