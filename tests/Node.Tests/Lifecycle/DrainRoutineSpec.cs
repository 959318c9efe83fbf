using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Lifecycle;

public sealed class DrainRoutineSpec() : TestKit(TestConfig.Hocon)
{
    private readonly FakeTimeProvider _time = new();
    private readonly DrainState _state = new();
    private readonly NodeHealth _health = new(() => "Up", () => true);
    private readonly LocalSockets _sockets = new();

    private DrainRoutine New(int noticeMs = 0, int deadlineMs = 10_000) => new(
        _state,
        _health,
        Options.Create(new DrainOptions { NoticeMs = noticeMs, DeadlineMs = deadlineMs }),
        new ReconnectPacer(new ReconnectOptions(), new LimitsOptions(), _time),
        _sockets,
        new Handlers(TestActor),
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
    public async Task At_the_deadline_it_closes_those_that_are_left_with_1012()
    {
        _sockets.Add();
        var drain = New().RunAsync();
        ExpectMsg<DrainSockets>();
        var advancing = AdvanceUntilAsync(drain);
        Assert.Equal(CloseCode.ComeBack, ExpectMsg<CloseSockets>(TimeSpan.FromSeconds(10)).Code);
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
        ExpectMsg<CloseSockets>();
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

    private sealed class Handlers(IActorRef actor) : IRequiredActor<SocketsActor>
    {
        public IActorRef ActorRef => actor;

        public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
    }
}
