using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Commands;
using AkkaSockets.Admin.Logs;
using AkkaSockets.Admin.Palettes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Admin.Hosting;

/// <summary>Registers what <c>pbm</c> speaks to.</summary>
public static class AdminRegistration
{
    // A command's switches are names and numbers.
    private const int RequestBytes = 64 * 1024;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>The service and its access, without a palette. Needs an <see cref="IMemberFacts"/>.</summary>
    /// <param name="token">The member's <c>Pbm:Token</c>.</param>
    public static IServiceCollection AddAdmin(this IServiceCollection services, Func<IServiceProvider, string> token)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = RequestBytes;
            grpc.Interceptors.Add<TokenInterceptor>();
        });
        services.TryAddSingleton(new AdminLimits());
        return services
            .AddSingleton(s => new AdminAccess(token(s)))
            .AddSingleton<AdminLifetime>()
            .AddHostedService(s => s.GetRequiredService<AdminLifetime>())
            .AddSingleton<CommandCatalog>()
            .AddSingleton<Members>()
            .AddSingleton<IAdminResponder, MemberResponder>()
            .AddSingleton<LogLevels>()
            .AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(s => s.GetRequiredService<LogLevels>())
            .AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(s => s.GetRequiredService<LogLevels>())
            .AddSingleton<LogTap>()
            .AddSingleton<ILoggerProvider>(s => s.GetRequiredService<LogTap>());
    }

    /// <summary>The palettes that every kind of member has.</summary>
    public static IServiceCollection AddCommonPalettes(this IServiceCollection services) => services
        .AddPalette<ClusterPalette>()
        .AddPalette<NodePalette>()
        .AddPalette<ActorPalette>()
        .AddPalette<LogPalette>();

    /// <summary>One palette.</summary>
    public static IServiceCollection AddPalette<T>(this IServiceCollection services)
        where T : class, IPalette => services.AddSingleton<IPalette, T>();

    /// <summary>Maps the service; say on the result which listener serves it.</summary>
    public static IEndpointConventionBuilder MapAdmin(this IEndpointRouteBuilder app) => app.MapGrpcService<AdminService>().WithMetadata(new LimitedByGrpc());

    /// <summary>Makes a listener one for commands: HTTP/2 from the first byte.</summary>
    public static void ForAdmin(this ListenOptions listener)
    {
        listener.Protocols = HttpProtocols.Http2;
        // A client whose machine is gone says nothing; without pings its command would go on for as long as TCP believes in it.
        var http2 = listener.KestrelServerOptions.Limits.Http2;
        (http2.KeepAlivePingDelay, http2.KeepAlivePingTimeout) = (PingEvery, PingEvery);
    }

    // The server's own limit can be met before gRPC has read a message's length, and would then be told as a fault of the handler; gRPC's is
    // told as what it is.
    private sealed class LimitedByGrpc : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
