using Akka.Actor;
using Google.Protobuf;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace AkkaSockets.Persistence.Redis.Layout;

/// <summary>A user's object to and from a <see cref="PersistentPayload"/>, with the serializer that Akka has for it.</summary>
/// <param name="system">Has the serializers.</param>
/// <param name="maxSize">How many bytes an object's may be.</param>
internal sealed class PayloadCodec(ExtendedActorSystem system, long maxSize = long.MaxValue)
{
    /// <exception cref="Exception">Whatever the serializer throws, or that its bytes are too many: the object cannot be stored.</exception>
    public PersistentPayload Write(object value) => AkkaSerialization.WithTransport(system, () =>
    {
        var serializer = system.Serialization.FindSerializerFor(value);
        var bytes = serializer.ToBinary(value);
        if (bytes.LongLength > maxSize)
            throw new ArgumentException($"A {value.GetType().Name} of {bytes.LongLength} bytes cannot be stored: max-value-size is {maxSize}.");
        var payload = new PersistentPayload
        {
            SerializerId = serializer.Identifier,
            Payload = UnsafeByteOperations.UnsafeWrap(bytes),
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
