using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Lifecycle;

public sealed class DrainRoutineSpec : TestKit
{
    private readonly FakeTimeProvider _time = new();
    private readonly DrainState _state = new();
    private readonly NodeHealth _health;
    private readonly LocalSockets _sockets = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _status = "Up";

    public DrainRoutineSpec()
        : base(TestConfig.Hocon)
    {
        _health = new NodeHealth(() => _status, () => true);
        _moved.SetResult();
    }

    private DrainRoutine New(int noticeMs = 0, int deadlineMs = 10_000) => new(
        _state,
        _health,
        Options.Create(new DrainOptions { NoticeMs = noticeMs, DeadlineMs = deadlineMs }),
        new ReconnectPacer(new ReconnectOptions(), new LimitsOptions(), _time),
        _sockets,
        new Found<SocketsActor>(TestActor),
        new Found<ShardDrain>(Sys.ActorOf(Props.Create(() => new Shards(this)))),
        _time,
        NullLogger<DrainRoutine>.Instance);

    [Fact]
    public async Task With_no_sockets_it_is_done_at_once()
    {
        await New().RunAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(_health.IsDraining && _state.IsRefusing);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task During_the_notice_it_is_not_ready_and_still_accepts()
    {
        var drain = New(noticeMs: 5_000).RunAsync();
        AwaitCondition(() => _health.IsDraining);
        Assert.False(_state.IsRefusing);
        await AdvanceUntilAsync(drain);
        Assert.True(_state.IsRefusing);
    }

    [Fact]
    public async Task It_tells_the_sockets_and_ends_when_the_last_has_gone()
    {
        _sockets.Add();
        var drain = New().RunAsync();
        ExpectMsg<DrainSockets>();
        Assert.False(drain.IsCompleted);
        _sockets.Remove();
        await drain.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Clients_go_with_their_users_and_who_is_left_when_those_have_gone_is_told_then()
    {
        _moved = new TaskCompletionSource();
        _sockets.Add();
        var drain = New(deadlineMs: 600_000).RunAsync();
        Assert.True(ExpectMsg<DrainSockets>().AsUsersMove);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _moved.SetResult();
        Assert.False(ExpectMsg<DrainSockets>().AsUsersMove);
        _sockets.Remove();
        await drain.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(20_000, 10_000)]
    [InlineData(3_600_000, 60_000)]
    public async Task Shards_that_do_not_move_keep_clients_waiting_for_half_of_the_time_and_a_minute_at_the_most(int deadlineMs, int waitMs)
    {
        _moved = new TaskCompletionSource();
        _sockets.Add();
        var started = _time.GetUtcNow();
        var drain = New(deadlineMs: deadlineMs).RunAsync();
        Assert.True(ExpectMsg<DrainSockets>().AsUsersMove);
        var told = Task.Run(() => ExpectMsg<DrainSockets>(TimeSpan.FromMinutes(1)));
        await AdvanceUntilAsync(told);
        Assert.False((await told).AsUsersMove);
        Assert.True(_time.GetUtcNow() - started >= TimeSpan.FromMilliseconds(waitMs));
        _sockets.Remove();
        await AdvanceUntilAsync(drain);
    }

    [Fact]
    public async Task At_the_deadline_it_closes_those_that_are_left_with_1012()
    {
        _sockets.Add();
        var drain = New().RunAsync();
        ExpectMsg<DrainSockets>();
        var advancing = AdvanceUntilAsync(drain);
        Assert.Equal(CloseCode.ComeBack, ExpectClose().Code);
        await advancing;
    }

    [Fact]
    public async Task In_a_hurry_the_deadline_is_now()
    {
        _sockets.Add();
        var routine = New(noticeMs: 1_000);
        var drain = routine.RunAsync();
        routine.Hurry();
        ExpectMsg<DrainSockets>();
        ExpectClose();
        _sockets.Remove();
        await drain.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task However_often_it_is_asked_for_it_runs_once()
    {
        var routine = New();
        Assert.Same(routine.RunAsync(), routine.RunAsync());
        await routine.RunAsync();
    }

    [Fact]
    public async Task Its_shards_are_moved_while_it_routes_and_its_region_ends_after_the_last_socket()
    {
        _moved = new TaskCompletionSource();
        _sockets.Add();
        var drain = New(deadlineMs: 600_000).RunAsync();
        ExpectMsg<DrainSockets>();
        AwaitCondition(() => !_asked.IsEmpty);
        _sockets.Remove();
        Assert.Equal(["drain"], _asked);
        Assert.False(drain.IsCompleted);
        _moved.SetResult();
        await drain.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["drain", "stop with 0 sockets"], _asked);
    }

    [Fact]
    public async Task At_the_deadline_the_shards_that_are_left_go_with_the_region()
    {
        _moved = new TaskCompletionSource();
        var drain = New().RunAsync();
        AwaitCondition(() => !_asked.IsEmpty);
        await AdvanceUntilAsync(drain);
        Assert.Equal(["drain", "stop with 0 sockets"], _asked);
    }

    [Fact]
    public async Task A_node_that_was_downed_tells_and_closes_its_sockets_at_once_and_leaves_its_shards_alone()
    {
        _status = "Down";
        _sockets.Add();
        var drain = New(noticeMs: 600_000, deadlineMs: 900_000).RunAsync();
        Assert.False(ExpectMsg<DrainSockets>().AsUsersMove);
        _sockets.Remove();
        await drain.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_node_that_was_downed_does_not_keep_sockets_that_get_nothing_until_a_long_deadline()
    {
        _status = "Down";
        _sockets.Add();
        var drain = New().EmptyAsync(TimeSpan.FromDays(30));
        ExpectMsg<DrainSockets>();
        var advancing = AdvanceUntilAsync(drain);
        ExpectClose();
        _sockets.Remove();
        await advancing;
        Assert.True(_time.GetUtcNow() < _time.Start + TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_drain_alone_leaves_the_region_and_a_stop_that_follows_ends_it()
    {
        var routine = New();
        await routine.EmptyAsync(TimeSpan.FromMinutes(1)).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["drain"], _asked);
        await routine.RunAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["drain", "stop with 0 sockets"], _asked);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_later_deadline_of_a_drain_under_way()
    {
        _sockets.Add();
        var routine = New(deadlineMs: 5_000);
        var drain = routine.EmptyAsync(TimeSpan.FromDays(30));
        ExpectMsg<DrainSockets>();
        var stop = routine.RunAsync();
        var advancing = AdvanceUntilAsync(stop);
        ExpectClose();
        _sockets.Remove();
        await advancing;
        await drain.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(_time.GetUtcNow() < _time.Start + TimeSpan.FromDays(1));
    }

    private CloseSockets ExpectClose() => (CloseSockets)FishForMessage(message => message is CloseSockets, TimeSpan.FromSeconds(30));

    /// <summary>Lets the fake clock run, since when the routine begins to wait is its own affair.</summary>
    private async Task AdvanceUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }
        await done;
    }

    private sealed class Found<T>(IActorRef actor) : IRequiredActor<T>
    {
        public IActorRef ActorRef => actor;

        public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
    }

    /// <summary>Stands for the node's shards: notes what was asked, and answers when it may.</summary>
    private sealed class Shards : ReceiveActor
    {
        public Shards(DrainRoutineSpec spec)
        {
            Receive<DrainShards>(_ =>
            {
                spec._asked.Enqueue(spec._state.IsRefusing ? "drain" : "drain while accepting");
                spec._moved.Task.PipeTo(Sender, success: () => ShardsDrained.Instance);
            });
            Receive<StopShards>(_ =>
            {
                spec._asked.Enqueue($"stop with {spec._sockets.Count} sockets");
                Sender.Tell(ShardsStopped.Instance);
            });
        }
    }
}
