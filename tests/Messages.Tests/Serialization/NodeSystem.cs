using Akka.Actor;
using Akka.Serialization;
using AkkaSockets.Messages.Serialization;

namespace AkkaSockets.Messages.Tests.Serialization;

/// <summary>An actor system with the serializers of a node, and what a message becomes on its way through them.</summary>
public sealed class NodeSystem : IDisposable
{
    public ActorSystem System { get; } = ActorSystem.Create("node", ClusterMessageSerialization.Config);

    public Serializer SerializerOf(object message) => System.Serialization.FindSerializerFor(message);

    internal (string Manifest, byte[] Bytes) Write(object message)
    {
        var serializer = Assert.IsType<ClusterMessageSerializer>(SerializerOf(message));
        return (serializer.Manifest(message), serializer.ToBinary(message));
    }

    public object Read(string manifest, byte[] bytes) => System.Serialization.Deserialize(bytes, ClusterMessageSerializer.Id, manifest);

    public object ThereAndBack(object message)
    {
        var (manifest, bytes) = Write(message);
        return Read(manifest, bytes);
    }

    public void Dispose()
    {
        System.Terminate().Wait(TimeSpan.FromSeconds(10));
        System.Dispose();
    }
}
