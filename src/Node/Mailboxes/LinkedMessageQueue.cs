using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace AkkaSockets.Node.Mailboxes;

/// <summary>
/// An unbounded queue that costs an actor 72 bytes while nothing waits, and 40 for each message that does: Akka's own begins with room for 32 and keeps it, 1.1 KB an
/// actor. Any number of threads may enqueue; one at a time dequeues, which is what a mailbox does.
/// </summary>
/// <remarks>A list whose first link has been read already, as in D. Vyukov's non-intrusive queue of many producers and one consumer.</remarks>
internal sealed class LinkedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private volatile Link _read;
    private Link _last;

    public LinkedMessageQueue() => _read = _last = new Link(default);

    public bool HasMessages => _read != Volatile.Read(ref _last);

    public int Count
    {
        get
        {
            var count = 0;
            for (var link = _read.Next; link is not null; link = link.Next) count++;
            return count;
        }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        var link = new Link(envelope);
        Interlocked.Exchange(ref _last, link).Next = link;
    }

    public bool TryDequeue(out Envelope envelope)
    {
        var read = _read;
        if (read.Next is not { } next)
        {
            if (read == Volatile.Read(ref _last))
            {
                envelope = default;
                return false;
            }
            // Whoever enqueues is between its two steps.
            var wait = new SpinWait();
            while ((next = read.Next) is null) wait.SpinOnce();
        }
        envelope = next.Take();
        _read = next;
        // An old link that died late would keep all behind it alive, however young, until the collector comes to the oldest.
        read.Next = null;
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
    }

    private sealed class Link(Envelope envelope)
    {
        private volatile Link? _next;
        private Envelope _envelope = envelope;

        public Link? Next
        {
            get => _next;
            set => _next = value;
        }

        /// <summary>The message, which the link that stays behind must not keep alive.</summary>
        public Envelope Take()
        {
            var envelope = _envelope;
            _envelope = default;
            return envelope;
        }
    }
}
