using System.Text;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Node.Sockets;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class OutboxSpec() : TestKit(TestConfig.Hocon)
{
    private readonly FakeWebSocket _socket = new();

    private Outbox New(int maxLiveBytes = 100, int closeWithinMs = 10_000) => new(_socket, maxLiveBytes, TimeSpan.FromMilliseconds(closeWithinMs), TimeProvider.System);

    private static ReadOnlyMemory<byte> Frame(int n, int length = 10) => Encoding.UTF8.GetBytes($$"""{"type":"{{n}}"}""".PadRight(length));

    [Fact]
    public void Frames_are_written_in_the_order_they_came()
    {
        var outbox = New(100_000);
        for (var i = 0; i < 500; i++) Assert.True(outbox.TryEnqueue(Frame(i), live: true));
        for (var i = 0; i < 500; i++) _socket.Next($"{i}");
    }

    [Fact]
    public void What_waits_for_a_slow_socket_is_bounded()
    {
        var outbox = New(100);
        _socket.GetStuck();
        Assert.True(outbox.TryEnqueue(Frame(1, 60), live: true));
        Assert.True(outbox.TryEnqueue(Frame(2, 40), live: true));
        Assert.False(outbox.TryEnqueue(Frame(3), live: true));
        _socket.Release();
        _socket.Next("1");
        _socket.Next("2");
        AwaitCondition(() => outbox.LiveBytes == 0);
        Assert.True(outbox.TryEnqueue(Frame(4), live: true));
        _socket.Next("4");
    }

    [Fact]
    public void A_backlog_does_not_count_and_behind_an_empty_queue_anything_goes()
    {
        var outbox = New(100);
        _socket.GetStuck();
        for (var i = 0; i < 10; i++) Assert.True(outbox.TryEnqueue(Frame(i, 60), live: false));
        Assert.True(outbox.TryEnqueue(Frame(10, 1000), live: true));
        Assert.False(outbox.TryEnqueue(Frame(11), live: true));
        _socket.Release();
        for (var i = 0; i <= 10; i++) _socket.Next($"{i}");
    }

    [Fact]
    public void Whoever_waits_for_it_is_told_when_nothing_is_left()
    {
        var outbox = New();
        outbox.NotifyWhenDrained(TestActor);
        ExpectMsg<OutboxDrained>();
        _socket.GetStuck();
        outbox.TryEnqueue(Frame(1), live: false);
        outbox.NotifyWhenDrained(TestActor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _socket.Release();
        ExpectMsg<OutboxDrained>();
    }

    [Fact]
    public async Task A_close_follows_what_waits_and_nothing_follows_a_close()
    {
        var outbox = New();
        _socket.GetStuck();
        outbox.TryEnqueue(Frame(1), live: true);
        outbox.TryEnqueue(Frame(2), live: true);
        var closing = outbox.CloseAsync(CloseCode.ComeBack, "why");
        outbox.TryEnqueue(Frame(3), live: true);
        _ = outbox.CloseAsync(CloseCode.Removed, "too late");
        _socket.Release();
        await closing.WaitAsync(TimeSpan.FromSeconds(10));
        _socket.Next("1");
        _socket.Next("2");
        _socket.ExpectNothing();
        Assert.Equal((1012, "why"), _socket.ExpectClose());
    }

    [Fact]
    public async Task A_close_may_come_instead_of_what_waits()
    {
        var outbox = New();
        _socket.GetStuck();
        outbox.TryEnqueue(Frame(1), live: true);
        await _socket.Stuck.Task.WaitAsync(TimeSpan.FromSeconds(10));
        outbox.TryEnqueue(Frame(2), live: true);
        var closing = outbox.CloseAsync(CloseCode.SlowConsumer, "slow", flush: false);
        _socket.Release();
        await closing.WaitAsync(TimeSpan.FromSeconds(10));
        _socket.Next("1");
        _socket.ExpectNothing();
    }

    [Fact]
    public async Task A_close_that_a_stuck_socket_holds_up_ends_in_an_abort()
    {
        var outbox = New(closeWithinMs: 50);
        _socket.GetStuck();
        outbox.TryEnqueue(Frame(1), live: true);
        await outbox.CloseAsync(CloseCode.ComeBack, "why").WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(_socket.Aborted.Task.IsCompleted);
    }

    [Fact]
    public void Frames_that_wait_are_gathered_and_the_last_takes_them_along()
    {
        var writes = new Gathering();
        var outbox = new Outbox(_socket, 100_000, TimeSpan.FromSeconds(10), TimeProvider.System, writes);
        _socket.GetStuck();
        outbox.TryEnqueue(Frame(0), live: true);
        AwaitCondition(() => _socket.Stuck.Task.IsCompleted);
        for (var i = 1; i <= 3; i++) outbox.TryEnqueue(Frame(i), live: true);
        _socket.Release();
        for (var i = 0; i <= 3; i++) _socket.Next($"{i}");
        AwaitCondition(() => outbox.LiveBytes == 0);
        Assert.Equal([false, true, true, false], writes.Told);
    }

    [Fact]
    public async Task A_close_that_comes_instead_of_what_waits_takes_along_what_was_gathered()
    {
        var writes = new Gathering();
        var outbox = new Outbox(_socket, 100_000, TimeSpan.FromSeconds(10), TimeProvider.System, writes);
        _socket.GetStuck();
        outbox.TryEnqueue(Frame(0), live: true);
        await _socket.Stuck.Task.WaitAsync(TimeSpan.FromSeconds(10));
        outbox.TryEnqueue(Frame(1), live: true);
        outbox.TryEnqueue(Frame(2), live: true);
        _socket.Written = frame =>
        {
            // While the first of two is written, which waits for the second.
            if (writes.Told is [.., true]) _ = outbox.CloseAsync(CloseCode.SlowConsumer, "why", flush: false);
        };
        _socket.Release();
        await _socket.Closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal([false, true, false], writes.Told);
    }

    private sealed class Gathering : IGathersWrites
    {
        private readonly List<bool> _told = [];

        public bool MoreFollows
        {
            set
            {
                lock (_told) _told.Add(value);
            }
        }

        public IReadOnlyList<bool> Told
        {
            get
            {
                lock (_told) return [.. _told];
            }
        }
    }
}
