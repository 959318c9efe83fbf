using Akka.Actor;
using Akka.Configuration;

namespace AkkaSockets.Persistence.Redis.Tests.Readme;

internal static class WithoutHosting
{
    public static ActorSystem Start(string connectionString)
    {
        // <example>
        var config = ConfigurationFactory.ParseString("""
            akka.persistence.journal.plugin = akka.persistence.journal.redis
            akka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.redis
            """).WithFallback(RedisPersistence.DefaultConfig());
        var setup = BootstrapSetup.Create().WithConfig(config).And(new RedisPersistenceSetup(connectionString));
        var system = ActorSystem.Create("shop", setup);
        // </example>
        return system;
    }

    /// <summary>HOCON as an application of Akka.Persistence.Redis has it, with what the README says to change.</summary>
    public static ActorSystem StartAfterwards(string connectionString) => ActorSystem.Create("shop", $$"""
        akka {
          extensions = ["AkkaSockets.Persistence.Redis.RedisPersistenceProvider, AkkaSockets.Persistence.Redis"]
          persistence {
            journal {
              plugin = "akka.persistence.journal.redis"
              redis {
                class = "AkkaSockets.Persistence.Redis.RedisJournal, AkkaSockets.Persistence.Redis"
                configuration-string = "{{connectionString}}"
                plugin-dispatcher = "akka.actor.default-dispatcher"
                key-prefix = ""
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.redis"
              redis {
                class = "AkkaSockets.Persistence.Redis.RedisSnapshotStore, AkkaSockets.Persistence.Redis"
                configuration-string = "{{connectionString}}"
                plugin-dispatcher = "akka.actor.default-dispatcher"
                key-prefix = ""
              }
            }
          }
        }
        """);
}
