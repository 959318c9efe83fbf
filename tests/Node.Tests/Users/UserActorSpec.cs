using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace AkkaSockets.Node.Tests.Users;

public sealed class UserActorSpec : TestKit
{
    private readonly UserId _user = UserId.Parse($"u{Guid.NewGuid():N}");
    private readonly TestProbe _shard;
    private readonly LimitsOptions _limits = new();
    private readonly DrainState _drain = new();
    private IActorRef _entity = ActorRefs.Nobody;
    private long _accepted;

    public UserActorSpec(ITestOutputHelper output)
        : base(TestConfig.Hocon, output: output) => _shard = CreateTestProbe();

    private string PersistenceId => UserLogActor.PersistenceIdOf(_user);

    private void Start(Func<UserEntityContext, UserEntityContext>? change = null)
    {
        var context = new UserEntityContext("here", "ws://here/ws", new RetentionOptions(), _limits, _drain, TimeProvider.System, NullLogger.Instance)
        {
            LogBackOff = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
        };
        _entity = _shard.ChildActorOf(Props.Create(typeof(UserActor), _user, change?.Invoke(context) ?? context));
    }

    private sealed record Handler(TestProbe Probe, SocketInfo Socket);

    private Handler NewHandler(string device) => new(CreateTestProbe(), new SocketInfo(SocketId.New(), DeviceId.Parse(device), ++_accepted, "here", "127.0.0.1:5"));

    private void Attach(Handler handler, long number = 1, ResumePoint? resume = null, bool wasReady = false) =>
        _entity.Tell(new AttachHandler(_user, handler.Socket, number, resume, wasReady, 0, handler.Probe.Ref));

    private Handler Attached(string device, ResumePoint? resume = null)
    {
        var handler = NewHandler(device);
        Attach(handler, resume: resume);
        handler.Probe.ExpectMsg<HandlerAttached>();
        return handler;
    }

    private SendMessage NewSend(string id, string data = "1") => new(_user, null, MessageId.Parse(id), JsonData.FromString(data));

    private long Send(string id)
    {
        _entity.Tell(NewSend(id), TestActor);
        return ExpectMsg<MessageAccepted>().Seq;
    }

    [Fact]
    public void A_handler_that_has_everything_is_live_at_once()
    {
        Start();
        var handler = NewHandler("phone");
        Attach(handler);
        var attached = handler.Probe.ExpectMsg<HandlerAttached>();
        Assert.Equal((0L, 0L, 1L, true, "here", "ws://here/ws"), (attached.Seq, attached.Head, attached.First, attached.Live, attached.Node, attached.Url));
    }

    [Fact]
    public void Every_device_gets_each_message_in_order()
    {
        Start();
        var handlers = new[] { Attached("a"), Attached("b") };
        for (var i = 1; i <= 5; i++) Assert.Equal(i, Send($"m{i}"));
        foreach (var handler in handlers)
        {
            for (var i = 1; i <= 5; i++) Assert.Equal(i, handler.Probe.ExpectMsg<DeliverMessage>().Message.Seq);
        }
    }

    [Fact]
    public void A_message_is_acknowledged_only_after_the_store_has_it()
    {
        Start();
        Send("first");
        var gate = FaultyJournal.Gates[PersistenceId] = new TaskCompletionSource();
        _entity.Tell(NewSend("second"), TestActor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        gate.SetResult();
        Assert.Equal(2, ExpectMsg<MessageAccepted>().Seq);
    }

    [Fact]
    public void A_backlog_is_pulled_in_pages_and_then_it_is_live()
    {
        Start();
        for (var i = 1; i <= 3; i++) Send($"m{i}");
        var handler = NewHandler("phone");
        Attach(handler);
        Assert.False(handler.Probe.ExpectMsg<HandlerAttached>().Live);
        Send("m4");
        _entity.Tell(new PullBacklog(_user, handler.Socket.Id, 1, 0, MaxBytes: 2));
        var page = handler.Probe.ExpectMsg<DeliverBacklog>();
        Assert.Equal("1,2 False", $"{string.Join(',', page.Messages.Select(m => m.Seq))} {page.Live}");
        _entity.Tell(new PullBacklog(_user, handler.Socket.Id, 1, 2, MaxBytes: 100));
        page = handler.Probe.ExpectMsg<DeliverBacklog>();
        Assert.Equal("3,4 True", $"{string.Join(',', page.Messages.Select(m => m.Seq))} {page.Live}");
        Send("m5");
        Assert.Equal(5, handler.Probe.ExpectMsg<DeliverMessage>().Message.Seq);
    }

    [Fact]
    public void The_socket_accepted_later_takes_the_device_over_whatever_the_order_of_attaching()
    {
        Start();
        var (older, newer) = (NewHandler("phone"), NewHandler("phone"));
        Attach(newer);
        newer.Probe.ExpectMsg<HandlerAttached>();
        Attach(older);
        Assert.Equal(AttachRefusalReason.Replaced, older.Probe.ExpectMsg<AttachRefused>().Reason);

        var newest = Attached("phone");
        Assert.Equal(SocketCloseReason.Replaced, newer.Probe.ExpectMsg<CloseSocket>().Reason);
        Send("m");
        newest.Probe.ExpectMsg<DeliverMessage>();
        newer.Probe.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Attaching_again_is_the_same_socket_with_another_number()
    {
        _limits.SocketsPerUser = 1;
        Start();
        var handler = Attached("phone");
        Attach(handler, number: 2, new ResumePoint("x", 0));
        Assert.Equal(2, handler.Probe.ExpectMsg<HandlerAttached>().Attachment);
        Send("m");
        Assert.Equal(2, handler.Probe.ExpectMsg<DeliverMessage>().Attachment);
        handler.Probe.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void One_socket_too_many_is_refused()
    {
        _limits.SocketsPerUser = 2;
        Start();
        Attached("a");
        Attached("b");
        var third = NewHandler("c");
        Attach(third);
        Assert.Equal(AttachRefusalReason.TooManySockets, third.Probe.ExpectMsg<AttachRefused>().Reason);
    }

    [Fact]
    public void A_handler_that_died_is_forgotten()
    {
        Start();
        var handler = Attached("a");
        Sys.Stop(handler.Probe.Ref);
        AwaitAssert(() =>
        {
            _entity.Tell(new GetUser(_user), TestActor);
            Assert.Null(Assert.Single(ExpectMsg<UserDescribed>().Devices).Socket);
        });
    }

    [Fact]
    public void Ephemeral_messages_reach_those_attached_and_are_counted()
    {
        Start();
        var handlers = new[] { Attached("a"), Attached("b") };
        _entity.Tell(new SendEphemeral(_user, null, default, JsonData.FromString("1")), TestActor);
        Assert.Equal(2, ExpectMsg<EphemeralDelivered>().Sockets);
        foreach (var handler in handlers) handler.Probe.ExpectMsg<DeliverEphemeral>();
        Assert.Equal(2, FaultyJournal.Written[PersistenceId]); // the epoch with one device, and the other
    }

    [Fact]
    public void A_failed_write_takes_neither_the_handlers_nor_ephemeral_messages_along()
    {
        Start();
        var handler = Attached("a");
        FaultyJournal.Faults[PersistenceId] = Fault.RefuseWrites;
        _entity.Tell(NewSend("lost"), TestActor);
        Assert.Equal(AskAgainReason.StoreUnavailable, ExpectMsg<AskAgain>().Reason);
        _entity.Tell(new SendEphemeral(_user, null, default, JsonData.FromString("1")), TestActor);
        Assert.Equal(1, ExpectMsg<EphemeralDelivered>().Sockets);
        handler.Probe.ExpectMsg<DeliverEphemeral>();

        FaultyJournal.Faults.TryRemove(PersistenceId, out _);
        AwaitAssert(() =>
        {
            _entity.Tell(NewSend("lost"), TestActor);
            Assert.Equal(1, ExpectMsg<MessageAccepted>().Seq);
        });
        Assert.Equal(1, handler.Probe.FishForMessage<DeliverMessage>(_ => true).Message.Seq);
    }

    [Fact]
    public void What_was_stored_although_the_write_failed_reaches_those_attached()
    {
        Start();
        var handler = Attached("a");
        FaultyJournal.Faults[PersistenceId] = Fault.StoreAndFail;
        _entity.Tell(NewSend("m"), TestActor);
        ExpectMsg<AskAgain>();
        FaultyJournal.Faults.TryRemove(PersistenceId, out _);

        // Nobody asks again: the entity opens the log by itself, and its handler is told to pull.
        Assert.False(handler.Probe.ExpectMsg<DeliverBacklog>(TimeSpan.FromSeconds(10)).Live);
        _entity.Tell(new PullBacklog(_user, handler.Socket.Id, 1, 0, 100));
        Assert.Equal(1, handler.Probe.ExpectMsg<DeliverBacklog>().Messages.Single().Seq);
        _entity.Tell(NewSend("m"), TestActor);
        Assert.True(ExpectMsg<MessageAccepted>().Duplicate);
    }

    [Fact]
    public void While_the_log_cannot_be_read_a_new_socket_is_refused_and_one_that_was_ready_stays()
    {
        FaultyJournal.Faults[PersistenceId] = Fault.RefuseReads;
        // Each try that fails is told to those who wait: none comes between what is looked at here.
        Start(c => c with { LogBackOff = (TimeSpan.FromHours(1), TimeSpan.FromHours(1)) });
        var (fresh, old) = (NewHandler("a"), NewHandler("b"));
        Attach(fresh);
        Assert.Equal(AttachRefusalReason.StoreUnavailable, fresh.Probe.ExpectMsg<AttachRefused>(TimeSpan.FromSeconds(10)).Reason);
        Attach(old, resume: new ResumePoint("e", 3), wasReady: true);
        Assert.Equal(AttachRefusalReason.StoreUnavailable, old.Probe.ExpectMsg<AttachRefused>(TimeSpan.FromSeconds(10)).Reason);
        _entity.Tell(new SendEphemeral(_user, null, default, JsonData.FromString("1")), TestActor);
        Assert.Equal(1, ExpectMsg<EphemeralDelivered>().Sockets);
        old.Probe.ExpectMsg<DeliverEphemeral>();
    }

    [Fact]
    public void A_quiet_log_leaves_memory_and_comes_back_when_needed()
    {
        Start(c => c with { LogQuietAfter = TimeSpan.FromMilliseconds(50) });
        var handler = Attached("a");
        Send("m1");
        handler.Probe.ExpectMsg<DeliverMessage>();
        AwaitCondition(() => _shard.Ref is not null && Children(_entity) == 0, TimeSpan.FromSeconds(10));
        Assert.Equal(2, Send("m2"));
        Assert.Equal(2, handler.Probe.ExpectMsg<DeliverMessage>().Message.Seq);
    }

    [Fact]
    public void A_device_that_leaves_while_the_log_is_out_of_memory_is_absent_when_the_log_is_back()
    {
        Start(c => c with { LogQuietAfter = TimeSpan.FromMilliseconds(50) });
        var (leaver, stayer) = (Attached("leaver"), Attached("stayer"));
        AwaitCondition(() => Children(_entity) == 0, TimeSpan.FromSeconds(10));
        _entity.Tell(new DetachHandler(_user, leaver.Socket.Id));
        _entity.Tell(new GetUser(_user), TestActor);
        var devices = ExpectMsg<UserDescribed>().Devices.ToDictionary(device => device.Device, device => device.SeenAt);
        Assert.NotEqual(DeviceCursors.Connected, devices[leaver.Socket.Device]);
        Assert.Equal(DeviceCursors.Connected, devices[stayer.Socket.Device]);
    }

    [Fact]
    public void Acks_are_journaled_together_and_before_the_log_leaves()
    {
        Start(c => c with { LogQuietAfter = TimeSpan.FromMilliseconds(100) });
        Attached("a");
        for (var i = 1; i <= 10; i++) Send($"m{i}");
        var written = FaultyJournal.Written[PersistenceId];
        for (var i = 1; i <= 10; i++) _entity.Tell(new AcknowledgeUpTo(_user, DeviceId.Parse("a"), i));
        AwaitCondition(() => Children(_entity) == 0, TimeSpan.FromSeconds(10));
        Assert.Equal(written + 1, FaultyJournal.Written[PersistenceId]);
        _entity.Tell(new GetUser(_user), TestActor);
        Assert.Equal(10, ExpectMsg<UserDescribed>().Devices.Single().Acked);
    }

    [Fact]
    public void An_entity_with_nobody_attached_asks_its_shard_to_stop_it()
    {
        Start(c => c with { PassivateAfter = TimeSpan.FromMilliseconds(100) });
        Send("m");
        _shard.Watch(_entity);
        var passivate = _shard.ExpectMsg<Passivate>(TimeSpan.FromSeconds(10));
        _entity.Tell(passivate.StopMessage);
        _shard.ExpectTerminated(_entity, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Told_to_stop_it_tells_its_handlers_finishes_the_write_in_flight_and_answers_what_comes_later()
    {
        Start();
        var handler = Attached("a");
        Send("m1");
        handler.Probe.ExpectMsg<DeliverMessage>();
        var gate = FaultyJournal.Gates[PersistenceId] = new TaskCompletionSource();
        _entity.Tell(NewSend("m2"), TestActor);
        _shard.Watch(_entity);
        _entity.Tell(UserActor.StopUser.Instance);
        Assert.Equal(1, handler.Probe.ExpectMsg<EntityStopping>().Attachment);
        _entity.Tell(NewSend("m3"), TestActor);
        Assert.Equal(AskAgainReason.Moving, ExpectMsg<AskAgain>().Reason);
        Attach(handler, 2, wasReady: true);
        Assert.Equal(AttachRefusalReason.Moving, handler.Probe.ExpectMsg<AttachRefused>().Reason);
        gate.SetResult();
        Assert.Equal(2, ExpectMsg<MessageAccepted>().Seq);
        _shard.ExpectTerminated(_entity, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void An_entity_that_fails_sends_its_handlers_to_attach_again()
    {
        var broken = false;
        Start(c => c with { Time = new BreakableTime(() => broken) });
        var handler = Attached("a");
        broken = true;
        _entity.Tell(new SendEphemeral(_user, null, default, JsonData.FromString("1")), TestActor);
        Assert.Equal(1, handler.Probe.ExpectMsg<EntityStopping>().Attachment);
        Start();
        Attach(handler, 2);
        handler.Probe.ExpectMsg<HandlerAttached>();
    }

    private sealed class BreakableTime(Func<bool> broken) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => broken() ? throw new InvalidOperationException("broken on purpose") : base.GetUtcNow();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_handler_is_told_whether_the_owner_stays(bool leaves)
    {
        Start();
        var handler = Attached("a");
        if (leaves) _drain.Begin(DateTimeOffset.MaxValue);
        _entity.Tell(UserActor.StopUser.Instance);
        Assert.Equal(leaves, handler.Probe.ExpectMsg<EntityStopping>().OwnerLeaves);
    }

    [Fact]
    public void The_log_of_a_user_outlives_its_entity()
    {
        Start();
        for (var i = 1; i <= 250; i++) Send($"m{i}"); // past a snapshot
        _shard.Watch(_entity);
        _entity.Tell(UserActor.StopUser.Instance);
        _shard.ExpectTerminated(_entity, TimeSpan.FromSeconds(10));
        Start();
        _entity.Tell(NewSend("m250"), TestActor);
        Assert.Equal(new MessageAccepted(MessageId.Parse("m250"), 250, true), ExpectMsg<MessageAccepted>());
        Assert.Equal(251, Send("new"));
    }

    [Fact]
    public void An_operator_closes_one_device_or_all()
    {
        Start();
        var (a, b) = (Attached("a"), Attached("b"));
        _entity.Tell(new CloseConnections(_user, DeviceId.Parse("a")), TestActor);
        Assert.Equal(1, ExpectMsg<SocketsTold>().Sockets);
        Assert.Equal(SocketCloseReason.Removed, a.Probe.ExpectMsg<CloseSocket>().Reason);
        b.Probe.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _entity.Tell(new RequestReconnect(_user), TestActor);
        Assert.Equal(2, ExpectMsg<SocketsTold>().Sockets);
        Assert.Equal(ReconnectReason.Admin, b.Probe.ExpectMsg<AskToReconnect>().Reason);
    }

    private static int Children(IActorRef actor) => ((ActorRefWithCell)actor).Children.Count();
}
