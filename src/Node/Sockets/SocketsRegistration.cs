using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Node.Api;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Sockets.Direct;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Sockets;

/// <summary>Registers what serves sockets.</summary>
public static class SocketsRegistration
{
    public static IServiceCollection AddSockets(this IServiceCollection services) => services
        .AddSingleton<LocalSockets>()
        .AddSingleton(s => LoadOf(s.GetRequiredService<LocalSockets>()))
        .AddSingleton(s => new AcceptGate(Options<LimitsOptions>(s).AcceptPerSecond, s.GetRequiredService<TimeProvider>()))
        .AddSingleton(s => new ReconnectPacer(Options<ReconnectOptions>(s), Options<LimitsOptions>(s), s.GetRequiredService<TimeProvider>()))
        .AddSingleton<UpgradeChecks>()
        .AddSingleton<SocketConnection>()
        .AddSingleton<SocketEndpoint>()
        .AddSingleton<DirectUpgrade>()
        .AddSingleton(s => new SocketContext(
            s.GetRequiredService<UserAsker>(),
            s.GetRequiredService<TokenValidator>(),
            s.GetRequiredService<ReconnectPacer>(),
            s.GetRequiredService<DrainState>(),
            s.GetRequiredService<LocalSockets>(),
            Options<LimitsOptions>(s),
            Options<DeliveryOptions>(s),
            Options<ReconnectOptions>(s),
            Options<ClusterMemberOptions>(s).NodeName,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<SocketHandlerActor>>()));

    /// <summary>Starts the handlers' parent and registers it.</summary>
    public static AkkaConfigurationBuilder AddSockets(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithActors((system, registry) =>
        {
            var sockets = system.ActorOf(Props.Create(typeof(SocketsActor), services.GetRequiredService<SocketContext>(), registry.Get<UserRegion>()), "sockets");
            registry.Register<SocketsActor>(sockets);
            system.ActorOf(Props.Create(typeof(LostNodesActor), services.GetRequiredService<LostNodes>(), sockets), "lost-nodes");
        });

    /// <summary><c>GET /ws</c> on the clients' listener.</summary>
    public static void MapSockets(this WebApplication app)
    {
        app.Map("/ws", (HttpContext http, SocketEndpoint endpoint) => endpoint.HandleAsync(http)).OnListener(ListenerRole.Clients).ExcludeFromDescription();
    }

    /// <summary>Not by the services, which a start that fails disposes of before the actors end.</summary>
    private static NodeLoad LoadOf(LocalSockets sockets) => new(() => sockets.Count);

    private static T Options<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;
}
