using Akka.Actor;
using Akka.Serialization;

namespace AkkaSockets.PersistenceBench;

/// <summary>What is persisted: bytes, and nothing else.</summary>
internal sealed record BenchEvent(byte[] Payload);

/// <summary>The cheapest there can be: what is measured is the store.</summary>
internal sealed class BenchEventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const int Id = 71001;

    public const string TheManifest = "e";

    public override int Identifier => Id;

    public override string Manifest(object o) => TheManifest;

    public override byte[] ToBinary(object obj) => ((BenchEvent)obj).Payload;

    public override object FromBinary(byte[] bytes, string manifest) => new BenchEvent(bytes);
}
