using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AkkaSockets.Node.Sockets.Direct;

internal static class DirectUpgradeExtensions
{
    /// <summary>To be used last. Not where what comes before every endpoint of the HTTP server has been configured: hosts to be refused, or headers that tell the client's address.</summary>
    public static void UseDirectUpgrades(this ListenOptions options)
    {
        var services = options.ApplicationServices;
        var configuration = services.GetRequiredService<IConfiguration>();
        if (configuration["AllowedHosts"] is { Length: > 0 } and not "*" || configuration.GetValue<bool>("ForwardedHeaders_Enabled")) return;
        // Made with the first connection: what the checks need is there by then. A member that serves no sockets has none.
        var direct = new Lazy<DirectUpgrade?>(services.GetService<DirectUpgrade>);
        options.Use(next => connection => direct.Value is { } upgrade ? upgrade.RunAsync(connection, next) : next(connection));
    }
}
