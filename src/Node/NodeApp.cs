using Akka.Hosting;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Hosting;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Node.Admin;
using AkkaSockets.Node.Api;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Gateway;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Mailboxes;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Page;
using AkkaSockets.Node.Persistence;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Sockets;
using AkkaSockets.Node.Telemetry;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node;

/// <summary>Puts a node together, in the order of docs/architecture.md.</summary>
public static class NodeApp
{
    /// <summary>The actor system's name, the same on every member.</summary>
    public const string SystemName = "akkasockets";

    /// <exception cref="SettingsException">A setting is wrong; the message is one line a setting.</exception>
    /// <exception cref="StoreException">The embedded store can't be opened.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = NodeConfiguration.CreateBuilder(args);
        builder.ConfigureListeners();
        builder.Services
            .AddNodeOptions(builder.Configuration, builder.Environment)
            .AddSingleton(TimeProvider.System)
            .AddTelemetry(builder.Configuration)
            .AddMembership()
            .AddAuth()
            .AddUsers()
            .AddSockets()
            .AddBackendApi()
            .AddGateway()
            .AddNodeHealth()
            .AddNodeAdmin()
            .AddClusterPage()
            .AddDrain()
            .AddStore()
            .AddAkka(SystemName, (akka, services) => akka
                .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "akka.hocon"), HoconAddMode.Append)
                .AddHocon(ClusterMessageSerialization.Config, HoconAddMode.Prepend)
                .AddHocon(SmallMailbox.Hocon, HoconAddMode.Prepend)
                .ConfigureLoggers(loggers => loggers.AddLoggerFactory())
                .AddMembership(services, MemberRoles.OfNode(Options<PlacementOptions>(services).Shards, Options<StoreOptions>(services).Provider))
                .AddStore(services)
                .AddUserRegion(services)
                .AddSockets(services)
                .AddNodeReports(services)
                .WithJournalProbe()
                .AddDrain(services)
                .AddAdmin(services));

        var app = builder.Build();
        app.UseProblems();
        app.UseClientLimits();
        app.MapSockets();
        app.MapGateway();
        app.MapBackendApi();
        app.MapClusterPage(app.Environment.IsDevelopment());
        app.MapNodeHealth();
        app.MapTelemetry();
        app.MapAdmin().OnListener(ListenerRole.Pbm);
        app.AnnounceStart();
        return app;
    }

    private static T Options<T>(IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;
}
