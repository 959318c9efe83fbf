using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace AkkaSockets.Persistence.Redis.Tests;

/// <summary>What the tests store, by a serializer with a manifest of its own.</summary>
public sealed record Note(string Text);

/// <summary>What no serializer takes.</summary>
public sealed record Unstorable(string Text);

/// <summary>What the tests store, with an address in it, by a serializer whose manifest is the type.</summary>
public sealed record Letter(IActorRef To);

public sealed class NoteSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 9001;

    public override string Manifest(object o) => "N";

    public override byte[] ToBinary(object obj) => obj is Note note
        ? Encoding.UTF8.GetBytes(note.Text)
        : throw new ArgumentException($"A {obj.GetType().Name} cannot be stored.");

    public override object FromBinary(byte[] bytes, string manifest) => manifest == "N"
        ? new Note(Encoding.UTF8.GetString(bytes))
        : throw new ArgumentException($"No manifest {manifest}.");
}

public sealed class LetterSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 9002;

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(Akka.Serialization.Serialization.SerializedActorPath(((Letter)obj).To));

    public override object FromBinary(byte[] bytes, Type type) =>
        new Letter(system.Provider.ResolveActorRef(Encoding.UTF8.GetString(bytes)));
}
