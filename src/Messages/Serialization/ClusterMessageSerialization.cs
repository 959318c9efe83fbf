using Akka.Configuration;

namespace AkkaSockets.Messages.Serialization;

/// <summary>The settings that bind messages to their serializer, and turn the default one off.</summary>
public static class ClusterMessageSerialization
{
    public static Config Config { get; } = ConfigurationFactory.ParseString($$"""
        akka.actor {
          serializers {
            akkasockets = "{{typeof(ClusterMessageSerializer).FullName}}, {{typeof(ClusterMessageSerializer).Assembly.GetName().Name}}"
            # Under Akka's own name for its default: beside it, that one would stay known by its id, and read JSON that names the types to make.
            json = "{{typeof(RefusingSerializer).FullName}}, {{typeof(RefusingSerializer).Assembly.GetName().Name}}"
          }
          serialization-bindings {
            "{{typeof(IClusterMessage).FullName}}, {{typeof(IClusterMessage).Assembly.GetName().Name}}" = akkasockets
            "System.Object" = json
          }
        }
        """);
}
