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
    private static readonly ORSetKey<string> PausedKey = new("moves-paused");

    // Reached now are all that can be; the rest hear of it by gossip.
    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(2);

    private readonly PlacementBoard _board;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _replicator = DistributedData.Get(Context.System).Replicator;

    public PlacementBoardActor(PlacementBoard board) => _board = board;

    protected override void PreStart()
    {
        _board.SetPaused([]);
        _replicator.Tell(Dsl.Subscribe(TableKey, Self));
        _replicator.Tell(Dsl.Subscribe(DrainingKey, Self));
        _replicator.Tell(Dsl.Subscribe(PausedKey, Self));
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Changed changed when changed.Key.Equals(TableKey): _board.Offer(changed.Get(TableKey).Value.ToPlacement()); break;
            case Changed changed when changed.Key.Equals(DrainingKey): OnDraining(changed.Get(DrainingKey)); break;
            case Changed changed when changed.Key.Equals(PausedKey): _board.SetPaused(changed.Get(PausedKey).Elements); break;
            case ClusterEvent.MemberRemoved gone: Forget(PlacementBoard.FlagOf(gone.Member.UniqueAddress)); break;

            case PublishPlacement { Placement: var placement }: Publish(placement); break;
            case ReadPlacement: _replicator.Tell(Dsl.Get(TableKey, new ReadMajority(ReadWithin), Sender)); break;
            case ReadPause: _replicator.Tell(Dsl.Get(PausedKey, new ReadMajority(ReadWithin), new PauseReader(Sender))); break;
            case IGetResponse { Request: PauseReader(var asker) } answer: TellPause(answer, asker); break;
            case AnnounceDrain: Announce(Sender); break;
            case PauseMoves pause: Pause(pause, Sender); break;
            // What is removed has to be known here first: a set takes out what it has seen going in.
            case ResumeMoves: _replicator.Tell(Dsl.Get(PausedKey, new ReadMajority(ReadWithin), Sender)); break;
            case IGetResponse { Request: IActorRef asker } answer when answer.Key.Equals(PausedKey): Resume(answer, asker); break;
            case UpdateSuccess { Request: IActorRef asker } done when done.Key.Equals(PausedKey): asker.Tell(MovesTold.Everywhere); break;
            case IUpdateResponse { Request: IActorRef asker } done when done.Key.Equals(PausedKey): asker.Tell(MovesTold.NotEverywhere); break;

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
        foreach (var member in _cluster.State.Members.Where(member => flags.Elements.Contains(PlacementBoard.FlagOf(member.UniqueAddress)))) _board.SawDrain(MemberRoles.NameOf(member));
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

    private void Pause(PauseMoves pause, IActorRef asker)
    {
        _board.SetPaused([pause.Paused.Flag]);
        _replicator.Tell(Dsl.Update(PausedKey, ORSet<string>.Empty, new WriteMajority(WriteWithin), asker, flags => flags.Add(_cluster, pause.Paused.Flag)));
    }

    private void TellPause(IGetResponse found, IActorRef asker)
    {
        // Only ever more paused: what was removed since comes by subscription.
        if (found is GetSuccess success && success.Get(PausedKey).Elements is { Count: > 0 } flags) _board.SetPaused(flags);
        asker.Tell(found is GetSuccess or NotFound ? PauseRead.Known : PauseRead.Unknown);
    }

    private void Resume(IGetResponse found, IActorRef asker)
    {
        if (found is not GetSuccess success)
        {
            asker.Tell(found is NotFound ? MovesTold.Everywhere : MovesTold.NotEverywhere);
            return;
        }
        var flags = success.Get(PausedKey).Elements;
        _board.SetPaused([]);
        _replicator.Tell(Dsl.Update(PausedKey, ORSet<string>.Empty, new WriteMajority(WriteWithin), asker, old => flags.Aggregate(old, (left, flag) => left.Remove(_cluster, flag))));
    }

    private void Forget(string flag)
    {
        if (_board.DrainFlags.Contains(flag)) _replicator.Tell(Dsl.Update(DrainingKey, ORSet<string>.Empty, WriteLocal.Instance, flags => flags.Remove(_cluster, flag)));
    }

    public static Props PropsOf(PlacementBoard board) => Props.Create(typeof(PlacementBoardActor), board);

    /// <summary>Who asked whether moves are paused, as the replicated data gives it back: a resume asks it the same.</summary>
    private sealed record PauseReader(IActorRef Asker);
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

/// <summary>Look whether a majority has moves paused; answered by <see cref="PauseRead"/> when the board has it.</summary>
internal sealed record ReadPause : IPlacementBoardMessage
{
    public static readonly ReadPause Instance = new();
}

/// <summary>Whether that could be found out.</summary>
internal sealed record PauseRead(bool IsKnown) : IPlacementBoardMessage
{
    public static readonly PauseRead Known = new(true);
    public static readonly PauseRead Unknown = new(false);
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

/// <summary>Hold moves of shards back until <see cref="ResumeMoves"/>, whoever coordinates; answered by <see cref="MovesTold"/>.</summary>
internal sealed record PauseMoves(MovesPaused Paused) : IPlacementBoardMessage;

/// <summary>Let shards move again; answered by <see cref="MovesTold"/>.</summary>
internal sealed record ResumeMoves : IPlacementBoardMessage
{
    public static readonly ResumeMoves Instance = new();
}

/// <summary>Whether a majority of the nodes knows now; the others hear of it by gossip.</summary>
internal sealed record MovesTold(bool IsMajority) : IPlacementBoardMessage
{
    public static readonly MovesTold Everywhere = new(true);
    public static readonly MovesTold NotEverywhere = new(false);
}
