using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace AkkaSockets.Messages.Serialization;

/// <summary>
/// Writes and reads every <see cref="IClusterMessage"/> as protobuf (cluster.proto), named by a short manifest (Manifests.cs). Fields that a
/// newer version added are passed over.
/// </summary>
public sealed class ClusterMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Names this serializer in the store and on the wire; frozen.</summary>
    public const int Id = 4053001;

    private static readonly Codec[] Codecs = [.. CommandCodecs.All, .. ReplyCodecs.All, .. HandlerCodecs.All, .. HearingCodecs.All, .. NodeCodecs.All, .. AdminCodecs.All, .. StoredCodecs.All];
    private static readonly FrozenDictionary<Type, Codec> ByType = Codecs.ToFrozenDictionary(codec => codec.Type);
    private static readonly FrozenDictionary<string, Codec> ByManifest = Codecs.ToFrozenDictionary(codec => codec.Manifest);

    private static readonly string Version = typeof(ClusterMessageSerializer).Assembly.GetName().Version!.ToString(3);

    /// <summary>The types that have a manifest.</summary>
    internal static IEnumerable<Type> Types => ByType.Keys;

    public override int Identifier => Id;

    /// <exception cref="SerializationException">The type has no manifest.</exception>
    public override string Manifest(object o) => CodecOf(o).Manifest;

    /// <exception cref="SerializationException">The type has no manifest.</exception>
    public override byte[] ToBinary(object obj)
    {
        var proto = CodecOf(obj).Write(obj);
        var bytes = new byte[proto.CalculateSize()];
        // Without the stream object that ToByteArray makes.
        proto.WriteTo(bytes.AsSpan());
        return bytes;
    }

    /// <exception cref="SerializationException">The manifest is unknown, or the bytes are not what it says.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!ByManifest.TryGetValue(manifest, out var codec))
            throw new SerializationException($"'{manifest}' is no manifest that serializer {Id} of version {Version} knows: a newer version wrote it. Deploy that one everywhere.");
        try
        {
            return codec.Read(bytes, system);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or FormatException or ArgumentException)
        {
            throw new SerializationException($"The bytes under manifest '{manifest}' are not a {codec.Type.Name}.", e);
        }
    }

    private static Codec CodecOf(object message) => ByType.TryGetValue(message.GetType(), out var codec)
        ? codec
        : throw new SerializationException($"{message.GetType().Name} has no manifest: add it to the codecs in {nameof(Serialization)}.");
}
