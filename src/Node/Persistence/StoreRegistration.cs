using Akka.Hosting;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Persistence;

/// <summary>Registers the store that <c>Persistence:Provider</c> names.</summary>
public static class StoreRegistration
{
    public static IServiceCollection AddStore(this IServiceCollection services) =>
        services.AddSingleton(s => EmbeddedStore.Open(s.GetRequiredService<IOptions<StoreOptions>>().Value.Path));

    public static AkkaConfigurationBuilder AddStore(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        services.GetRequiredService<EmbeddedStore>().Configure(akka);
        return akka;
    }
}
