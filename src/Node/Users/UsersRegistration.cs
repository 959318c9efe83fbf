using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Mailboxes;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Persistence;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Users;

/// <summary>Registers the user entities.</summary>
public static class UsersRegistration
{
    /// <summary>The region's type name, which the coordinators of all members share.</summary>
    public const string TypeName = "user";

    public static IServiceCollection AddUsers(this IServiceCollection services) => services
        .AddSingleton<PlacementBoard>()
        .AddSingleton<UserAsker>()
        .AddSingleton(s => new UserEntityContext(
            Options<ClusterMemberOptions>(s).NodeName,
            Options<GatewayOptions>(s).AdvertiseUrl is { Length: > 0 } url ? url : null,
            Options<RetentionOptions>(s),
            Options<LimitsOptions>(s),
            s.GetRequiredService<DrainState>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<UserLogActor>>())
        {
            Store = s.GetRequiredService<StoreState>(),
            Majority = s.GetRequiredService<Majority>(),
        });

    /// <summary>
    /// Starts the region that holds this node's share of the users, registered as <see cref="UserShards"/>, and the way to all of them, <see cref="UserRegion"/>.
    /// </summary>
    public static AkkaConfigurationBuilder AddUserRegion(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithActors(async (system, registry, _) =>
        {
            var options = Options<PlacementOptions>(services);
            var board = system.ActorOf(PlacementBoardActor.PropsOf(services.GetRequiredService<PlacementBoard>()), "placement-board");
            registry.Register<PlacementBoardActor>(board);
            registry.Register<UserShards>(await StartAsync(
                system, services.GetRequiredService<UserEntityContext>(), options, services.GetRequiredService<PlacementBoard>(), board, services.GetRequiredService<FirstPlacement>()).ConfigureAwait(false));
            registry.Register<UserRegion>(await StartProxyAsync(system, options).ConfigureAwait(false));
        });

    /// <summary>
    /// What everything on this node speaks to users through. Not the node's own region: that stops routing once it is to shut down, which comes before the last
    /// socket has gone where the coordinator's node is made to leave.
    /// </summary>
    internal static Task<IActorRef> StartProxyAsync(ActorSystem system, PlacementOptions placement) =>
        ClusterSharding.Get(system).StartProxyAsync(TypeName, MemberRoles.Node, new UserMessageExtractor(placement.Shards));

    internal static Task<IActorRef> StartAsync(ActorSystem system, UserEntityContext context, PlacementOptions placement, PlacementBoard board, IActorRef publisher, FirstPlacement first)
    {
        // Get before Create: the first puts the settings' defaults in place.
        var sharding = ClusterSharding.Get(system);
        var settings = ClusterShardingSettings.Create(system).WithRole(MemberRoles.Node);
        return sharding.StartAsync(
            TypeName,
            entityId => new Props(SmallMailbox.Deploy, typeof(UserActor), UserId.Parse(entityId), context),
            settings,
            new UserMessageExtractor(placement.Shards),
            new PlacementGuard(new ConsistentHashAllocationStrategy(placement, board, publisher, context.Time), first) { Time = context.Time },
            UserActor.StopUser.Instance);
    }

    private static T Options<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;
}
