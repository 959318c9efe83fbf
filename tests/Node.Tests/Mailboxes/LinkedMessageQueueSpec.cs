using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using AkkaSockets.Node.Mailboxes;

namespace AkkaSockets.Node.Tests.Mailboxes;

public sealed class LinkedMessageQueueSpec
{
    private readonly LinkedMessageQueue _queue = new();

    private void Enqueue(object message) => _queue.Enqueue(ActorRefs.Nobody, new Envelope(message, ActorRefs.Nobody));

    private object? Dequeue() => _queue.TryDequeue(out var envelope) ? envelope.Message : null;

    [Fact]
    public void What_comes_first_goes_first()
    {
        Assert.False(_queue.HasMessages);
        Assert.Null(Dequeue());
        for (var i = 0; i < 100; i++) Enqueue(i);
        Assert.True(_queue.HasMessages);
        Assert.Equal(100, _queue.Count);
        for (var i = 0; i < 100; i++) Assert.Equal(i, Dequeue());
        Assert.False(_queue.HasMessages);
        Assert.Equal(0, _queue.Count);
        Assert.Null(Dequeue());
    }

    [Fact]
    public async Task Of_many_who_enqueue_at_once_nothing_is_lost_and_each_ones_order_is_kept()
    {
        const int writers = 4;
        const int each = 50_000;
        var writing = Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < each; i++) Enqueue((writer, i));
        })).ToArray();
        var next = new int[writers];
        for (var read = 0; read < writers * each;)
        {
            var isOver = Task.WhenAll(writing).IsCompleted;
            if (Dequeue() is not (int writer, int number))
            {
                Assert.False(isOver, $"{read} of {writers * each} came, and no more");
                Thread.Yield();
                continue;
            }
            Assert.Equal(next[writer]++, number);
            read++;
        }
        await Task.WhenAll(writing);
        Assert.Null(Dequeue());
    }

    [Fact]
    public void A_message_that_was_read_is_not_kept_alive()
    {
        var read = EnqueueAndRead();
        GC.Collect();
        Assert.False(read.IsAlive);
        GC.KeepAlive(_queue);
    }

    [Fact]
    public void What_is_left_when_its_actor_ends_goes_to_the_dead_letters()
    {
        var dead = new UnboundedMessageQueue();
        for (var i = 0; i < 3; i++) Enqueue(i);
        _queue.CleanUp(ActorRefs.Nobody, dead);
        Assert.False(_queue.HasMessages);
        Assert.Equal(3, dead.Count);
    }

    // In a frame of its own, whose locals are gone when it returns.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference EnqueueAndRead()
    {
        var message = new object();
        Enqueue(message);
        Assert.Same(message, Dequeue());
        return new WeakReference(message);
    }
}
