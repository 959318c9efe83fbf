using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace AkkaSockets.Messages.Serialization;

/// <summary>
/// Stands where Akka's default for any object stands: a message that nobody gave an encoding fails where it is sent, instead of crossing as JSON
/// that no version promises to read.
/// </summary>
public sealed class RefusingSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <param name="settings">Those of the serializer whose place this takes: Akka calls this constructor where there are any.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : this(system)
    {
    }

    public override int Identifier => 4053002;

    public override bool IncludeManifest => false;

    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().FullName} has no serializer: mark it {nameof(IClusterMessage)} and give it a manifest.");

    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("This was written by the default object serializer, which is turned off.");
}
