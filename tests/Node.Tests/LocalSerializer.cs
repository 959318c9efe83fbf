using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace AkkaSockets.Node.Tests;

/// <summary>
/// Stands for the default serializer: it hands Akka's own local messages, many of which have no encoding, on as they are, and refuses
/// ours, as the node's configuration does.
/// </summary>
public sealed class LocalSerializer(ExtendedActorSystem system) : Serializer(system)
{
    private static readonly ConcurrentDictionary<Guid, object> Passing = new();

    public override int Identifier => 4053999;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        if (obj.GetType().FullName!.StartsWith("AkkaSockets.", StringComparison.Ordinal)) throw new SerializationException($"{obj.GetType()} has no serializer");
        var key = Guid.NewGuid();
        Passing[key] = obj;
        return key.ToByteArray();
    }

    public override object FromBinary(byte[] bytes, Type type) =>
        Passing.TryRemove(new Guid(bytes), out var obj) ? obj : throw new InvalidOperationException("read twice");
}
