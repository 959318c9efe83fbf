using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Nodes;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Mailboxes;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Sockets;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Cluster.Tests;

/// <summary>A member of a cluster within the test's process: the node's own actors and akka.hocon, a journal that all share, no Kestrel.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    /// <summary>How many of its sockets may attach again at a time.</summary>
    public const int AttachTurnsAtOnce = 4;

    private readonly SocketContext _sockets;
    private readonly IActorRef _handlers;
    private readonly IActorRef _boardActor;
    private long _acceptedAt;

    private TestNode(
        string name, ActorSystem system, IActorRef users, SocketContext sockets, UserAsker asker, PlacementBoard board, IActorRef boardActor, IActorRef handlers, DrainRoutine routine,
        NodeDirectory others) =>
        (Name, System, Users, _sockets, Asker, Board, _boardActor, _handlers, Routine, Others) = (name, system, users, sockets, asker, board, boardActor, handlers, routine, others);

    public string Name { get; }

    public ActorSystem System { get; }

    public IActorRef Users { get; }

    public UserAsker Asker { get; }

    public PlacementBoard Board { get; }

    public DrainRoutine Routine { get; }

    /// <summary>Its sockets that had their ready.</summary>
    public SocketDirectory SocketsHere => _sockets.Sockets.Directory;

    /// <summary>What it knows of the other nodes.</summary>
    public NodeDirectory Others { get; }

    public int Sockets => _sockets.Sockets.Count;

    public DrainState Drain => _sockets.Drain;

    public Address Address => Akka.Cluster.Cluster.Get(System).SelfAddress;

    /// <summary>Whether another is a member, as this one has it: alive, or lost and not yet put out.</summary>
    public bool Knows(Address other) => Akka.Cluster.Cluster.Get(System).State.Members.Any(member => member.Address == other);

    /// <summary>Starts a node and waits until it is Up.</summary>
    /// <param name="seed">Whom it joins; null founds a cluster.</param>
    /// <param name="canBeCut">Whether its links can be cut. Then it asks for its majority, too.</param>
    public static async Task<TestNode> StartAsync(string name, string journal, Address? seed, PlacementOptions placement, string? advertise, bool canBeCut, TimeSpan? askAgainAfter)
    {
        var system = ActorSystem.Create("test", Configure(name, journal, canBeCut));
        var majority = canBeCut ? new Majority(TimeProvider.System) : Majority.Always;
        if (canBeCut) system.ActorOf(Props.Create(typeof(HearingActor), majority, NullLogger.Instance), HearingActor.Name);
        var (limits, delivery, reconnect, drain) = (new LimitsOptions(), new DeliveryOptions(), new ReconnectOptions(), new DrainState());
        var context = new UserEntityContext(name, advertise, new RetentionOptions(), limits, drain, TimeProvider.System, NullLogger.Instance)
        {
            // There is no snapshot store here.
            SnapshotAfterEvents = int.MaxValue,
            Majority = majority,
        };
        var cluster = Akka.Cluster.Cluster.Get(system);
        var board = new PlacementBoard();
        var boardActor = system.ActorOf(PlacementBoardActor.PropsOf(board));
        var shards = await UsersRegistration.StartAsync(system, context, placement, board, boardActor, new FirstPlacement(1));
        var users = await UsersRegistration.StartProxyAsync(system, placement);
        await cluster.JoinAsync(seed ?? cluster.SelfAddress).WaitAsync(TestCluster.Patience);
        var lost = new LostNodes();
        var asker = new UserAsker(new Found<UserRegion>(users), Options.Create(delivery), lost, TimeProvider.System);
        var sockets = new SocketContext(
            asker, new TokenValidator(Options.Create(new AuthOptions()), Options.Create(new SendOptions()), TimeProvider.System),
            new ReconnectPacer(reconnect, limits, TimeProvider.System), drain, new LocalSockets(), limits, delivery, reconnect, name, TimeProvider.System, NullLogger.Instance)
        {
            ReconnectJitter = TimeSpan.Zero,
            // Few, so that there is a line in every test.
            AttachTurns = new AttachTurns(AttachTurnsAtOnce),
        };
        if (askAgainAfter is { } after) sockets = sockets with { AskAgainAfter = after };
        var handlers = system.ActorOf(Props.Create(typeof(SocketsActor), sockets, users), "sockets");
        system.ActorOf(Props.Create(typeof(LostNodesActor), lost, handlers));
        var routine = new DrainRoutine(
            drain, new NodeHealth(() => StatusOf(cluster), () => true), Options.Create(new DrainOptions()), sockets.Pacer, sockets.Sockets, new Found<SocketsActor>(handlers),
            new Found<ShardDrain>(system.ActorOf(ShardDrainActor.PropsOf(shards, users, boardActor, board, drain))), TimeProvider.System, NullLogger<DrainRoutine>.Instance);
        DrainRegistration.DrainFirst(system, routine);
        var others = new NodeDirectory(() => new NodeReport(name, advertise, sockets.Sockets.Count, !drain.IsRefusing), TimeProvider.System);
        system.ActorOf(NodeReportsActor.PropsOf(others, sockets.Pacer), NodeReportsActor.Name);
        return new TestNode(name, system, users, sockets, asker, board, boardActor, handlers, routine, others);
    }

    private static string? StatusOf(Akka.Cluster.Cluster cluster) =>
        cluster.IsTerminated || !cluster.State.Members.Contains(cluster.SelfMember) ? null : cluster.SelfMember.Status.ToString();

    /// <summary>Opens a socket of a user on this node.</summary>
    public TestSocket Open(string user, string device = "phone", ResumePoint? resume = null)
    {
        return new TestSocket(UserId.Parse(user), this, async web =>
        {
            var accepted = new AcceptedSocket(
                web, new SocketIdentity(UserId.Parse(user), null, SendRights.All), DeviceId.Parse(device), resume, "test", DateTime.UtcNow.Ticks + Interlocked.Increment(ref _acceptedAt));
            return (await _handlers.Ask<SocketOpened>(new OpenSocket(accepted), TestCluster.Patience)).Handler;
        });
    }

    /// <summary>As <c>sharding pause</c> does; true where a majority has confirmed it.</summary>
    public Task<bool> PauseAsync() => TellAsync(new PauseMoves(new MovesPaused(DateTimeOffset.UtcNow, Name)));

    /// <summary>As <c>sharding resume</c> does, likewise.</summary>
    public Task<bool> ResumeAsync() => TellAsync(ResumeMoves.Instance);

    private async Task<bool> TellAsync(IPlacementBoardMessage question) => (await _boardActor.Ask<MovesTold>(question, TestCluster.Patience)).IsMajority;

    /// <summary>As SIGTERM does: the drain before all else, then the rest of the shutdown.</summary>
    public async Task StopAsync()
    {
        await Routine.RunAsync().WaitAsync(TestCluster.Patience);
        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(TestCluster.Patience);
    }

    /// <summary>As <c>cluster leave</c> does: the cluster asks first.</summary>
    public async Task LeaveAsync()
    {
        Akka.Cluster.Cluster.Get(System).Leave(Address);
        await System.WhenTerminated.WaitAsync(TestCluster.Patience);
    }

    public async ValueTask DisposeAsync() => await System.Terminate().WaitAsync(TestCluster.Patience);

    private static Config Configure(string name, string journal, bool canBeCut) => ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, applied-adapters = {{(canBeCut ? "[trttl]" : "[]")}} }
          cluster {
            roles = ["{{MemberRoles.Node}}", "{{MemberRoles.OfName(name)}}"]
            # Tests do not wait for what a busy machine survives.
            split-brain-resolver.stable-after = 2s
          }
          coordinated-shutdown {
            run-by-actor-system-terminate = off
            phases.before-service-unbind.timeout = 60s
          }
          persistence {
            journal {
              plugin = "akka.persistence.journal.shared"
              shared { class = "AkkaSockets.Cluster.Tests.SharedJournal, AkkaSockets.Cluster.Tests", store = "{{journal}}" }
            }
            snapshot-store.plugin = "akka.persistence.no-snapshot-store"
          }
        }
        """)
        .WithFallback(ClusterMessageSerialization.Config)
        .WithFallback(SmallMailbox.Hocon)
        .WithFallback(ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "akka.hocon"))));

    private sealed class Found<T>(IActorRef actor) : IRequiredActor<T>
    {
        public IActorRef ActorRef => actor;

        public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
    }
}
