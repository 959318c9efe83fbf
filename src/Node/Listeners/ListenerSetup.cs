using System.Net;
using System.Net.Sockets;
using AkkaSockets.Admin.Hosting;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Listeners.Proxies;
using AkkaSockets.Node.Sockets.Direct;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Listeners;

public static class ListenerSetup
{
    // A request line, a token and a browser's headers come at once or the client is not one.
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    // What no endpoint asks otherwise for: the paths of clients take no body at all.
    private const long BodyBytes = 64 * 1024;

    /// <summary>
    /// Binds Kestrel to <c>Listen:Clients</c>, <c>Listen:Api</c> and <c>Listen:Pbm</c>, and to nothing else unless <c>Kestrel:Endpoints</c> asks for
    /// it. Port 0 lets the machine choose: see <see cref="BoundListeners"/>. The certificate of an https address is Kestrel's
    /// own configuration (<c>Kestrel:Certificates:Default</c>).
    /// </summary>
    public static WebApplicationBuilder ConfigureListeners(this WebApplicationBuilder builder) => builder.BindListeners(static services =>
    {
        var options = services.GetRequiredService<IOptions<ListenerOptions>>().Value;
        return
        [
            (ListenerRole.Clients, "Listen:Clients", options.Clients),
            (ListenerRole.Api, "Listen:Api", options.Api),
            (ListenerRole.Pbm, "Listen:Pbm", options.Pbm),
        ];
    });

    /// <summary>The same for a member that listens elsewhere.</summary>
    /// <param name="listeners">Each with its key and the URL (for <c>pbm</c>: host:port) that it has.</param>
    internal static WebApplicationBuilder BindListeners(
        this WebApplicationBuilder builder, Func<IServiceProvider, IReadOnlyList<(ListenerRole Role, string Key, string Address)>> listeners)
    {
        builder.Services.AddSingleton<BoundListeners>();
        builder.Services.AddSingleton<Handshakes>();
        builder.Services.AddSingleton<ListenerCertificate>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ListenerCertificate>());
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IStartupFilter, RequestsUnderWay>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ListenerMatcherPolicy>());
        builder.Services.AddOptions<SocketTransportOptions>().Configure<BoundListeners>((transport, bound) =>
            transport.CreateBoundListenSocket = endPoint => Bind(endPoint, bound));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider, BoundListeners>((kestrel, services, bound) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.MaxRequestBodySize = BodyBytes;
            foreach (var (role, key, address) in listeners(services))
            {
                Listen(kestrel, bound, role, role == ListenerRole.Pbm ? ConfiguredListener.ParseHostPort(key, address) : ConfiguredListener.Parse(key, address));
            }
        });
        return builder;
    }

    /// <summary>Tells faults as problems. First of all middleware, so that it sees the faults of the rest.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) => app.UseMiddleware<ProblemMiddleware>();

    /// <summary>Holds the clients' listener to its limits.</summary>
    public static IApplicationBuilder UseClientLimits(this IApplicationBuilder app) => app.UseMiddleware<ClientRequestMiddleware>();

    /// <summary>One line for whoever starts the node, where <paramref name="fault"/> is about a listener; else null.</summary>
    /// <param name="services">The application's; null where even building it failed.</param>
    public static string? DescribeFault(Exception fault, IServiceProvider? services)
    {
        if (fault is ListenerException) return fault.Message;
        if (fault is not (IOException or SocketException) || services?.GetService<BoundListeners>()?.FirstFault() is not { } failed) return null;
        var (listener, why) = failed;
        return $"{listener.Key} is '{listener}', which can't be bound: {why.Message}. Free the address, or set {listener.Key} to another.";
    }

    private static void Listen(KestrelServerOptions kestrel, BoundListeners bound, ListenerRole role, ConfiguredListener listener)
    {
        // Kestrel's localhost is two addresses, which can't share a port that the machine chooses.
        if (listener.IsLocalhost && listener.Url.Port != 0) kestrel.ListenLocalhost(listener.Url.Port, Configure);
        else kestrel.Listen(listener.Address ?? IPAddress.Loopback, listener.Url.Port, Configure);

        void Configure(ListenOptions options)
        {
            bound.Add(role, listener, options);
            if (role == ListenerRole.Clients) ForClients(options);
            else options.Use(ConnectionDeadlines.Before(mayBeSilent: role == ListenerRole.Api, options.ApplicationServices.GetRequiredService<TimeProvider>()));
            if (role == ListenerRole.Pbm) options.ForAdmin();
            var feature = new ListenerFeature(role);
            options.Use(next => connection =>
            {
                connection.Features.Set(feature);
                return next(connection);
            });
            if (listener.IsHttps) UseHttps(options, listener);
            if (role == ListenerRole.Clients) options.UseDirectUpgrades();
        }
    }

    private static void ForClients(ListenOptions options)
    {
        // A browser that has fetched /gateway over HTTP/2 would open its socket over that connection (RFC 8441), whose streams are no sockets here.
        options.Protocols = HttpProtocols.Http1;
        // Only clients come through a balancer.
        options.UseProxyProtocol();
        options.Use(options.ApplicationServices.GetRequiredService<Handshakes>().Before);
    }

    private static void UseHttps(ListenOptions options, ConfiguredListener listener)
    {
        try
        {
            var certificate = options.ApplicationServices.GetRequiredService<ListenerCertificate>();
            if (certificate.IsConfigured) UseHttps(options, certificate);
            else options.UseHttps();
        }
        catch (InvalidOperationException fault)
        {
            throw new ListenerException(
                $"{listener.Key} is '{listener}', which needs a certificate: set Kestrel:Certificates:Default:Path and :Password (or :KeyPath).", fault);
        }
    }

    private static void UseHttps(ListenOptions options, ListenerCertificate certificate)
    {
        // Now, so that a file that can't be used keeps the member from starting.
        certificate.Require();
        options.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Current) });
    }

    private static Socket Bind(EndPoint endPoint, BoundListeners bound)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }
        catch (SocketException fault)
        {
            // Kestrel tells most of these without the address.
            bound.Failed(endPoint, fault);
            throw;
        }
    }
}
