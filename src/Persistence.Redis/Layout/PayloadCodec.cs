using Akka.Actor;
using Google.Protobuf;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace AkkaSockets.Persistence.Redis.Layout;

/// <summary>A user's object to and from a <see cref="PersistentPayload"/>, with the serializer that Akka has for it.</summary>
internal sealed class PayloadCodec(ExtendedActorSystem system)
{
    /// <exception cref="Exception">Whatever the serializer throws: the object cannot be stored.</exception>
    public PersistentPayload Write(object value) => AkkaSerialization.WithTransport(system, () =>
    {
        var serializer = system.Serialization.FindSerializerFor(value);
        var payload = new PersistentPayload
        {
            SerializerId = serializer.Identifier,
            Payload = UnsafeByteOperations.UnsafeWrap(serializer.ToBinary(value)),
        };
        var manifest = AkkaSerialization.ManifestFor(serializer, value);
        if (!string.IsNullOrEmpty(manifest)) payload.PayloadManifest = ByteString.CopyFromUtf8(manifest);
        return payload;
    });

    /// <exception cref="Exception">Whatever the serializer throws, or that there is none with this id.</exception>
    public object Read(PersistentPayload? payload)
    {
        if (payload is null) throw new InvalidDataException("It has no payload.");
        return AkkaSerialization.WithTransport(system, () =>
            system.Serialization.Deserialize(payload.Payload.ToByteArray(), payload.SerializerId, payload.PayloadManifest.ToStringUtf8()));
    }
}
