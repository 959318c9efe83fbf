using Akka.Hosting;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Persistence;

/// <summary>Registers the store that <c>Persistence:Provider</c> names.</summary>
public static class StoreRegistration
{
    public static IServiceCollection AddStore(this IServiceCollection services) => services
        .AddSingleton(s => EmbeddedStore.Open(s.GetRequiredService<IOptions<StoreOptions>>().Value.Path))
        .AddSingleton<StoreState>()
        .AddHostedService<RedisStartCheck>();

    public static AkkaConfigurationBuilder AddStore(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StoreOptions>>().Value;
        if (options.Provider == StoreOptions.RedisProvider) return akka.WithRedisPersistence(new RedisPersistenceOptions { ConfigurationString = options.Redis });
        services.GetRequiredService<EmbeddedStore>().Configure(akka);
        return akka;
    }
}
