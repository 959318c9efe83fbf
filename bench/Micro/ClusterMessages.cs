using System.Collections.Frozen;
using Akka.Actor;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Messages.Users;
using BenchmarkDotNet.Attributes;

namespace AkkaSockets.Micro;

/// <summary>Writing and reading what crosses nodes and what is stored, data of 100 bytes.</summary>
public class ClusterMessages
{
    private static readonly FrozenDictionary<string, IClusterMessage> Messages = new IClusterMessage[]
    {
        new SendMessage(Given.Alice, Given.Bob, Given.Id, Given.Data(100), Given.Publication),
        new SendEphemeral(Given.Alice, Given.Bob, Given.Id, Given.Data(100), Given.Publication),
        new AcknowledgeUpTo(Given.Alice, Given.Phone, 42),
        new MessageAccepted(Given.Id, 42, Duplicate: false),
        new EphemeralDelivered(Given.Id, 2),
        new DeliverMessage(3, Given.Message(42, 100), Given.Publication),
        new DeliverEphemeral(Given.Id, Given.Bob, Given.Now, Given.Data(100), Given.Publication),
        new AttachHandler(Given.Alice, Given.SocketInfo, 3, new ResumePoint("0123456789abcdef", 41), WasReady: true, 41, ActorRefs.Nobody),
        new HandlerAttached(Given.Socket, 3, "0123456789abcdef", 41, 44, 12, Resumed: true, Gap: false, Live: false, "node-a:4054", null),
        new MessageAppended(42, Given.Id, Given.Bob, Given.Now, Given.Data(100)),
    }.ToFrozenDictionary(message => message.GetType().Name);

    private ActorSystem _system = null!;
    private ClusterMessageSerializer _serializer = null!;
    private IClusterMessage _message = null!;
    private string _manifest = "";
    private byte[] _bytes = [];

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    public static IEnumerable<string> Names => Messages.Keys.Order();

    [GlobalSetup]
    public void Begin()
    {
        _system = ActorSystem.Create("micro", "akka.loglevel = WARNING");
        _serializer = new ClusterMessageSerializer((ExtendedActorSystem)_system);
        _message = Messages[Name];
        _manifest = _serializer.Manifest(_message);
        _bytes = Write();
    }

    [GlobalCleanup]
    public void End() => _system.Terminate().Wait();

    [Benchmark]
    public byte[] Write() => _serializer.ToBinary(_message);

    [Benchmark]
    public object Read() => _serializer.FromBinary(_bytes, _manifest);
}
