using System.Threading.Channels;
using Akka.Actor;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Node.Sockets;

namespace AkkaSockets.Node.Admin;

/// <summary>Tells a follower what happens to this node's sockets, until it is disposed. What comes too fast for it is counted instead.</summary>
internal sealed class SocketFollowing : IDisposable
{
    private const int Waiting = 4096;

    // The longest event takes 800 bytes, a remote message may have 128,000.
    private const int EventsAtOnce = 100;

    private readonly Channel<SocketEvent> _events;
    private readonly IDisposable _following;
    private long _missed;

    public SocketFollowing(string node, SocketDirectory directory, IActorRef follower)
    {
        _events = Channel.CreateBounded<SocketEvent>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }, _ => Interlocked.Increment(ref _missed));
        _following = directory.Follow(happened => _events.Writer.TryWrite(happened));
        follower.Tell(new SocketNews(node, [], 0));
        _ = PumpAsync(node, follower);
    }

    public void Dispose()
    {
        _following.Dispose();
        _events.Writer.TryComplete();
    }

    private async Task PumpAsync(string node, IActorRef follower)
    {
        while (await _events.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var news = new List<SocketEvent>();
            while (news.Count < EventsAtOnce && _events.Reader.TryRead(out var happened)) news.Add(happened);
            follower.Tell(new SocketNews(node, news, Interlocked.Exchange(ref _missed, 0)));
        }
    }
}
