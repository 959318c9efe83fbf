using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Sockets;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Cluster.Tests;

/// <summary>A member of a cluster within the test's process: the node's own actors and akka.hocon, a journal that all share, no Kestrel.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly SocketContext _sockets;
    private long _acceptedAt;

    private TestNode(string name, ActorSystem system, IActorRef users, SocketContext sockets, UserAsker asker) =>
        (Name, System, Users, _sockets, Asker) = (name, system, users, sockets, asker);

    public string Name { get; }

    public ActorSystem System { get; }

    public IActorRef Users { get; }

    public UserAsker Asker { get; }

    public DrainState Drain => _sockets.Drain;

    public Address Address => Akka.Cluster.Cluster.Get(System).SelfAddress;

    /// <summary>Starts a node and waits until it is Up.</summary>
    /// <param name="seed">Whom it joins; null founds a cluster.</param>
    public static async Task<TestNode> StartAsync(string name, string journal, Address? seed, string? advertise = null)
    {
        var system = ActorSystem.Create("test", Configure(name, journal));
        var (limits, delivery, reconnect, drain) = (new LimitsOptions(), new DeliveryOptions(), new ReconnectOptions(), new DrainState());
        var context = new UserEntityContext(name, advertise, new RetentionOptions(), limits, drain, TimeProvider.System, NullLogger.Instance)
        {
            // There is no snapshot store here.
            SnapshotAfterEvents = int.MaxValue,
        };
        var cluster = Akka.Cluster.Cluster.Get(system);
        var users = await UsersRegistration.StartAsync(system, context, new PlacementOptions { Shards = TestCluster.Shards, SettleMs = 500 }, new FirstPlacement(1));
        await cluster.JoinAsync(seed ?? cluster.SelfAddress).WaitAsync(TestCluster.Patience);
        var asker = new UserAsker(new Found(users), Options.Create(delivery), TimeProvider.System);
        var sockets = new SocketContext(
            asker, new TokenValidator(Options.Create(new AuthOptions()), Options.Create(new SendOptions()), TimeProvider.System),
            new ReconnectPacer(reconnect, limits, TimeProvider.System), drain, new LocalSockets(), limits, delivery, reconnect, name, TimeProvider.System, NullLogger.Instance)
        {
            ReconnectJitter = TimeSpan.Zero,
        };
        return new TestNode(name, system, users, sockets, asker);
    }

    /// <summary>Opens a socket of a user on this node.</summary>
    public TestSocket Open(string user, string device = "phone")
    {
        var socket = new TestSocket(UserId.Parse(user));
        var outbox = new Outbox(socket.Web, _sockets.Limits.OutboxBytes, TimeSpan.FromSeconds(5), TimeProvider.System);
        var accepted = new AcceptedSocket(
            socket.Web, new SocketIdentity(socket.User, null, SendRights.All), DeviceId.Parse(device), null, "test", DateTime.UtcNow.Ticks + Interlocked.Increment(ref _acceptedAt));
        socket.Handler = System.ActorOf(Props.Create(typeof(SocketHandlerActor), accepted, _sockets, Users, outbox));
        return socket;
    }

    public async ValueTask DisposeAsync() => await System.Terminate().WaitAsync(TestCluster.Patience);

    private static Config Configure(string name, string journal) => ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          cluster {
            roles = ["{{MemberRoles.Node}}", "{{MemberRoles.OfName(name)}}"]
            # Tests do not wait for what a busy machine survives.
            split-brain-resolver.stable-after = 2s
          }
          coordinated-shutdown.run-by-actor-system-terminate = off
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
        .WithFallback(ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "akka.hocon"))));

    private sealed class Found(IActorRef actor) : IRequiredActor<UserRegion>
    {
        public IActorRef ActorRef => actor;

        public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
    }
}
