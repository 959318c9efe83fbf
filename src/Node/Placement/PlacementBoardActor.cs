using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using AkkaSockets.Messages.Nodes;
using Cluster = Akka.Cluster.Cluster;

namespace AkkaSockets.Node.Placement;

/// <summary>
/// Keeps a node's <see cref="PlacementBoard"/> as the cluster's replicated data has it, and writes to that: the coordinator's tables, this node's drain. One on
/// each node; the strategy and the drain speak to it. With it dies nothing but the wish to know.
/// </summary>
internal sealed class PlacementBoardActor : UntypedActor
{
    private static readonly LWWRegisterKey<PlacementTable> TableKey = new("placement");
    private static readonly ORSetKey<string> DrainingKey = new("draining");

    // Reached now are all that can be; the rest hear of it by gossip.
    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(2);

    private readonly PlacementBoard _board;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _replicator = DistributedData.Get(Context.System).Replicator;

    public PlacementBoardActor(PlacementBoard board) => _board = board;

    protected override void PreStart()
    {
        _replicator.Tell(Dsl.Subscribe(TableKey, Self));
        _replicator.Tell(Dsl.Subscribe(DrainingKey, Self));
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Changed changed when changed.Key.Equals(TableKey): _board.Offer(changed.Get(TableKey).Value.ToPlacement()); break;
            case Changed changed when changed.Key.Equals(DrainingKey): OnDraining(changed.Get(DrainingKey)); break;
            case ClusterEvent.MemberRemoved gone: Forget(PlacementBoard.FlagOf(gone.Member.UniqueAddress)); break;

            case PublishPlacement { Placement: var placement }: Publish(placement); break;
            case ReadPlacement: _replicator.Tell(Dsl.Get(TableKey, new ReadMajority(ReadWithin), Sender)); break;
            case AnnounceDrain: Announce(Sender); break;

            case GetSuccess { Request: IActorRef asker } found when found.Key.Equals(TableKey):
                _board.Offer(found.Get(TableKey).Value.ToPlacement());
                asker.Tell(PlacementRead.Instance);
                break;
            case IGetResponse { Request: IActorRef asker }: asker.Tell(PlacementRead.Instance); break;
            case IUpdateResponse { Request: IActorRef asker }: asker.Tell(DrainAnnounced.Instance); break;
        }
    }

    private void OnDraining(ORSet<string> flags)
    {
        _board.SetDraining(flags.Elements);
        // Who is gone by now was perhaps removed before its flag came by.
        var members = _cluster.State.Members.Select(member => PlacementBoard.FlagOf(member.UniqueAddress)).ToHashSet();
        if (!members.Contains(PlacementBoard.FlagOf(_cluster.SelfUniqueAddress))) return;
        foreach (var flag in flags.Elements.Where(flag => !members.Contains(flag))) Forget(flag);
    }

    private void Publish(PublishedPlacement placement)
    {
        _board.Offer(placement);
        var table = placement.ToMessage();
        var first = new LWWRegister<PlacementTable>(_cluster.SelfUniqueAddress, table, table.Version);
        // The version is the register's time: a coordinator that was cut off and writes late can't bring an older table back.
        _replicator.Tell(Dsl.Update(
            TableKey, first, new WriteMajority(WriteWithin), old => old.Timestamp >= table.Version ? old : new LWWRegister<PlacementTable>(_cluster.SelfUniqueAddress, table, table.Version)));
    }

    private void Announce(IActorRef asker)
    {
        var flag = PlacementBoard.FlagOf(_cluster.SelfUniqueAddress);
        _board.SetDraining(_board.DrainFlags.Append(flag));
        _replicator.Tell(Dsl.Update(DrainingKey, ORSet<string>.Empty, new WriteAll(WriteWithin), asker, flags => flags.Add(_cluster, flag)));
    }

    private void Forget(string flag)
    {
        if (_board.DrainFlags.Contains(flag)) _replicator.Tell(Dsl.Update(DrainingKey, ORSet<string>.Empty, WriteLocal.Instance, flags => flags.Remove(_cluster, flag)));
    }

    public static Props PropsOf(PlacementBoard board) => Props.Create(typeof(PlacementBoardActor), board);
}

/// <summary>What a node's own parts ask of its <see cref="PlacementBoardActor"/>; it needs no encoding.</summary>
internal interface IPlacementBoardMessage : INoSerializationVerificationNeeded;

/// <summary>A new table is in force.</summary>
internal sealed record PublishPlacement(PublishedPlacement Placement) : IPlacementBoardMessage;

/// <summary>Look at what a majority has; answered by <see cref="PlacementRead"/> when the board has it, or when that could not be found out.</summary>
internal sealed record ReadPlacement : IPlacementBoardMessage
{
    public static readonly ReadPlacement Instance = new();
}

internal sealed record PlacementRead : IPlacementBoardMessage
{
    public static readonly PlacementRead Instance = new();
}

/// <summary>This node drains, for the rest of its life; answered by <see cref="DrainAnnounced"/> when all that can be reached know.</summary>
internal sealed record AnnounceDrain : IPlacementBoardMessage
{
    public static readonly AnnounceDrain Instance = new();
}

internal sealed record DrainAnnounced : IPlacementBoardMessage
{
    public static readonly DrainAnnounced Instance = new();
}
