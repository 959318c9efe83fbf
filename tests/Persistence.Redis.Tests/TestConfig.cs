namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>HOCON for a system whose journal and snapshot store are in a test's server.</summary>
public static class TestConfig
{
    public static Akka.Configuration.Config For(string connectionString, string more = "") =>
        Akka.Configuration.ConfigurationFactory.ParseString(more)
            .WithFallback(Akka.Configuration.ConfigurationFactory.ParseString($$"""
                akka {
                  loglevel = WARNING
                  stdout-loglevel = OFF
                  test.single-expect-default = 30s
                  persistence {
                    publish-plugin-commands = on
                    journal {
                      plugin = {{RedisPersistence.JournalId}}
                      redis.configuration-string = "{{connectionString}}"
                      redis.recovery-event-timeout = 60s
                      redis.circuit-breaker.call-timeout = 60s
                    }
                    snapshot-store {
                      plugin = {{RedisPersistence.SnapshotStoreId}}
                      redis.circuit-breaker.call-timeout = 60s
                      redis.configuration-string = "{{connectionString}}"
                    }
                  }
                  actor {
                    serializers {
                      note = "{{typeof(NoteSerializer).AssemblyQualifiedName}}"
                      letter = "{{typeof(LetterSerializer).AssemblyQualifiedName}}"
                    }
                    serialization-bindings {
                      "{{typeof(Note).AssemblyQualifiedName}}" = note
                      "{{typeof(Unstorable).AssemblyQualifiedName}}" = note
                      "{{typeof(Letter).AssemblyQualifiedName}}" = letter
                    }
                  }
                }
                """))
            .WithFallback(RedisPersistence.DefaultConfig());
}
