using Akka.Hosting;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Hosting;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Node;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Placement;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Lighthouse;

/// <summary>Puts the seed node together: a member whose address others can rely on, and which carries no users and no shards.</summary>
public static class LighthouseApp
{
    /// <exception cref="SettingsException">A setting is wrong; the message is one line a setting.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = NodeConfiguration.CreateBuilder(args);
        builder.Services
            .AddLighthouseOptions(builder.Configuration, out var listen)
            .AddSingleton(TimeProvider.System)
            .AddMembership()
            .AddAdmin(s => s.GetRequiredService<IOptions<PbmOptions>>().Value.Token)
            .AddCommonPalettes()
            .AddSingleton<IMemberFacts, LighthouseFacts>()
            .AddAkka(NodeApp.SystemName, (akka, services) => akka
                .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "akka.hocon"), HoconAddMode.Append)
                .AddHocon(ClusterMessageSerialization.Config, HoconAddMode.Prepend)
                .ConfigureLoggers(loggers => loggers.AddLoggerFactory())
                .AddMembership(services, MemberRoles.Lighthouse)
                .AddAdmin(services));
        (ListenerRole Role, string Key, string Address)[] listeners = [(ListenerRole.Api, "Listen:Api", listen.Api), (ListenerRole.Pbm, "Listen:Pbm", listen.Pbm)];
        listeners = [.. listeners.Where(listener => listener.Address.Length > 0)];
        if (listeners.Length > 0) builder.BindListeners(_ => listeners);
        else builder.Services.Replace(ServiceDescriptor.Singleton<IServer, NoServer>());

        var app = builder.Build();
        app.UseProblems();
        app.MapHealth(services => Readiness.OfMember(HealthEndpoints.StatusOf(services)));
        app.MapAdmin().OnListener(ListenerRole.Pbm);
        app.AnnounceStart(listen);
        return app;
    }

    /// <summary>Instead of Kestrel, which without an address of its own would take port 5000.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}

/// <summary>Says where the seed node is found once it runs.</summary>
internal static partial class LighthouseAnnouncement
{
    public static void AnnounceStart(this WebApplication app, LighthouseListenerOptions listen) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var member = app.Services.GetRequiredService<IOptions<ClusterMemberOptions>>().Value;
        LogListening(app.Logger, member.Address);
        if (member.SeedList.Count <= 1) LogAlone(app.Logger);
        else if (!member.SeedList[0].Equals(member.Address, StringComparison.OrdinalIgnoreCase)) LogNotFirst(app.Logger, member.SeedList[0]);
        if (listen.Api.Length > 0) LogHealth(app.Logger, app.Services.GetRequiredService<BoundListeners>()[ListenerRole.Api].ToString());
    });

    [LoggerMessage(8001, LogLevel.Information, "Lighthouse takes members at {Address}")]
    private static partial void LogListening(ILogger logger, string address);

    [LoggerMessage(8002, LogLevel.Information, "Its health is told at {Api}/healthz/ready")]
    private static partial void LogHealth(ILogger logger, string api);

    [LoggerMessage(8003, LogLevel.Warning, "It has no other seed: started again, it founds another cluster than the nodes are in. List it and two nodes in Cluster:Seeds, on every member alike")]
    private static partial void LogAlone(ILogger logger);

    [LoggerMessage(8004, LogLevel.Warning, "It is not the first of Cluster:Seeds, which alone can found a cluster: it waits for {First}")]
    private static partial void LogNotFirst(ILogger logger, string first);
}
