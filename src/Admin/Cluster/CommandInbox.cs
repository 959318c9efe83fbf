using System.Threading.Channels;
using Akka.Actor;

namespace AkkaSockets.Admin.Cluster;

/// <summary>
/// An actor for the time of a command, and what it was told. It holds a bounded number of messages: where the command's client reads
/// slower than things happen, the newest are dropped and counted.
/// </summary>
public sealed class CommandInbox : IDisposable
{
    private const int Capacity = 4096;

    private readonly Channel<object> _messages;
    private readonly ActorSystem _system;
    private long _missed;

    public CommandInbox(ActorSystem system)
    {
        _system = system;
        _messages = Channel.CreateBounded<object>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Interlocked.Increment(ref _missed));
        Actor = system.ActorOf(Props.Create(typeof(InboxActor), _messages.Writer));
    }

    public IActorRef Actor { get; }

    public ChannelReader<object> Messages => _messages.Reader;

    /// <summary>How many were dropped since this was last asked.</summary>
    public long TakeMissed() => Interlocked.Exchange(ref _missed, 0);

    /// <summary>Stops the actor; those whom it follows notice.</summary>
    public void Dispose() => _system.Stop(Actor);

    private sealed class InboxActor(ChannelWriter<object> messages) : UntypedActor
    {
        protected override void OnReceive(object message) => messages.TryWrite(message);
    }
}
