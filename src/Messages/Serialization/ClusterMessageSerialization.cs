using Akka.Configuration;

namespace AkkaSockets.Messages.Serialization;

/// <summary>The settings that bind messages to their serializer, and turn the default one off.</summary>
public static class ClusterMessageSerialization
{
    public static Config Config { get; } = ConfigurationFactory.ParseString($$"""
        akka.actor {
          serializers {
            akkasockets = "{{typeof(ClusterMessageSerializer).FullName}}, {{typeof(ClusterMessageSerializer).Assembly.GetName().Name}}"
            refuse = "{{typeof(RefusingSerializer).FullName}}, {{typeof(RefusingSerializer).Assembly.GetName().Name}}"
          }
          serialization-bindings {
            "{{typeof(IClusterMessage).FullName}}, {{typeof(IClusterMessage).Assembly.GetName().Name}}" = akkasockets
            "System.Object" = refuse
          }
        }
        """);
}
