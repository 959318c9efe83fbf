using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Users;

/// <summary>Registers the user entities.</summary>
public static class UsersRegistration
{
    /// <summary>The region's type name, which the coordinators of all members share.</summary>
    public const string TypeName = "user";

    public static IServiceCollection AddUsers(this IServiceCollection services) => services
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
            Majority = s.GetRequiredService<Majority>(),
        });

    /// <summary>Starts the region of the user entities and registers it as <see cref="UserRegion"/>.</summary>
    public static AkkaConfigurationBuilder AddUserRegion(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithActors(async (system, registry, _) => registry.Register<UserRegion>(
            await StartAsync(system, services.GetRequiredService<UserEntityContext>(), Options<PlacementOptions>(services), services.GetRequiredService<FirstPlacement>()).ConfigureAwait(false)));

    internal static Task<IActorRef> StartAsync(ActorSystem system, UserEntityContext context, PlacementOptions placement, FirstPlacement first)
    {
        // Get before Create: the first puts the settings' defaults in place.
        var sharding = ClusterSharding.Get(system);
        var settings = ClusterShardingSettings.Create(system).WithRole(MemberRoles.Node);
        return sharding.StartAsync(
            TypeName,
            entityId => Props.Create(typeof(UserActor), UserId.Parse(entityId), context),
            settings,
            new UserMessageExtractor(placement.Shards),
            new PlacementGuard(new ConsistentHashAllocationStrategy(placement.Shards, placement.Settle, context.Time), first),
            UserActor.StopUser.Instance);
    }

    private static T Options<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;
}
