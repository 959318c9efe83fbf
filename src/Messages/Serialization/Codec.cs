using Akka.Actor;
using Google.Protobuf;

namespace AkkaSockets.Messages.Serialization;

/// <summary>How one message type is written and read: its frozen manifest and both directions.</summary>
internal sealed record Codec(string Manifest, Type Type, Func<object, IMessage> Write, Func<byte[], ExtendedActorSystem, object> Read)
{
    public static Codec Of<TMessage, TProto>(string manifest, Func<TMessage, TProto> write, Func<TProto, TMessage> read)
        where TMessage : IClusterMessage
        where TProto : IMessage<TProto>, new() => Of<TMessage, TProto>(manifest, write, (proto, _) => read(proto));

    public static Codec Of<TMessage, TProto>(string manifest, Func<TMessage, TProto> write, Func<TProto, ExtendedActorSystem, TMessage> read)
        where TMessage : IClusterMessage
        where TProto : IMessage<TProto>, new()
    {
        var parser = new MessageParser<TProto>(() => new TProto());
        return new(manifest, typeof(TMessage), message => write((TMessage)message), (bytes, system) => read(parser.ParseFrom(bytes.AsSpan()), system));
    }
}
