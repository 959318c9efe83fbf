using Akka.Configuration;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Node.Tests.Users;

namespace AkkaSockets.Node.Tests;

/// <summary>What every actor test runs with: each message is written and read on its way, so that one without an encoding fails here.</summary>
internal static class TestConfig
{
    public static Config Hocon { get; } = ConfigurationFactory.ParseString("""
        # Nothing takes so long, but on a machine that does ten other things.
        akka.test.single-expect-default = 20 s
        akka.actor {
          serialize-messages = on
          serializers.local = "AkkaSockets.Node.Tests.LocalSerializer, AkkaSockets.Node.Tests"
          serialization-bindings."System.Object" = local
        }
        """)
        .WithFallback(FaultyJournal.Hocon)
        .WithFallback(ClusterMessageSerialization.Config);
}
