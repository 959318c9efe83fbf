using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Gateway;
using AkkaSockets.Node.Listeners;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node;

/// <summary>Says where a node listens once it does.</summary>
internal static partial class StartAnnouncement
{
    public static void AnnounceStart(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var listeners = app.Services.GetRequiredService<BoundListeners>();
        var api = listeners[ListenerRole.Api];
        LogListening(
            app.Logger,
            app.Services.GetRequiredService<IOptions<ClusterMemberOptions>>().Value.NodeName,
            app.Services.GetRequiredService<GatewayUrls>().UrlFor(null, default),
            $"{api.Scheme}://{api.Host}:{api.Port}/api");
        if (app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Development) LogDevelopment(app.Logger);
    });

    [LoggerMessage(1, LogLevel.Information, "{Node} takes clients at {Clients} and backends at {Api}")]
    private static partial void LogListening(ILogger logger, string node, string clients, string api);

    [LoggerMessage(2, LogLevel.Warning, "Development: anyone may be any user (?user=alice), and publish without a key. Never open this to others")]
    private static partial void LogDevelopment(ILogger logger);
}
