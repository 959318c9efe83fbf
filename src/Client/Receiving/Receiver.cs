using AkkaSockets.Client.Connections;
using AkkaSockets.Client.Frames;

namespace AkkaSockets.Client.Receiving;

/// <summary>Puts what the sockets bring into the inbox: each message once, and in order.</summary>
internal sealed class Receiver(Inbox inbox, Position? start)
{
    private readonly Lock gate = new();
    private readonly PositionTracker tracker = new(start);

    /// <summary>The last message in the inbox or taken from it: where another socket resumes.</summary>
    public Position? Position
    {
        get { lock (gate) return tracker.Current; }
    }

    public Adopted Ready(Connection connection, ReadyFrame ready)
    {
        lock (gate)
        {
            connection.Epoch = ready.Epoch;
            return tracker.Ready(ready);
        }
    }

    public void Take(Connection connection, ReceivedMessage message)
    {
        // Judging and adding are one step, because two sockets may bring messages at the same time.
        lock (gate)
        {
            if (connection.Epoch is not { } epoch || connection.Skipping) return;
            if (inbox.IsOverfull)
            {
                connection.Skipping = true;
                return;
            }

            if (message.Seq is not { } seq)
            {
                inbox.Add(message);
                return;
            }

            switch (tracker.Take(epoch, seq))
            {
                case Verdict.Deliver:
                    message.Epoch = epoch;
                    inbox.Add(message);
                    break;
                case Verdict.Hole:
                    connection.ComeBack(new Cause(ReconnectReason.Hole)
                    {
                        Detail = $"{seq} came after {tracker.Current?.Seq}",
                    });
                    break;
                case Verdict.Duplicate:
                default:
                    break;
            }
        }
    }
}
