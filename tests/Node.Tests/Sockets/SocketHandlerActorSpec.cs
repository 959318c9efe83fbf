using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace AkkaSockets.Node.Tests.Sockets;

/// <summary>A handler between a web socket and a region that are both the test's.</summary>
public sealed partial class SocketHandlerActorSpec(ITestOutputHelper output) : TestKit(TestConfig.Hocon, output: output)
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private readonly FakeWebSocket _socket = new();
    private readonly LimitsOptions _limits = new();
    private readonly DeliveryOptions _delivery = new();
    private readonly LocalSockets _sockets = new();
    private readonly DrainState _drain = new();
    private TimeSpan _movesWithin = TimeSpan.FromMinutes(10);
    private TestProbe _region = null!;
    private readonly AttachTurns _turns = new(1);
    private IActorRef _handler = ActorRefs.Nobody;

    /// <param name="askAgainMs">Long, so that a busy machine's late answer is not taken for none; short where that is what is tested.</param>
    private void Start(ResumePoint? resume = null, bool identified = true, int askAgainMs = 10_000)
    {
        _region = CreateTestProbe();
        var reconnect = new ReconnectOptions();
        var context = new SocketContext(
            null!, TestTokens.Validator, new ReconnectPacer(reconnect, _limits, TimeProvider.System), _drain, _sockets, _limits, _delivery, reconnect, "here", TimeProvider.System, NullLogger.Instance)
        {
            AskAgainAfter = TimeSpan.FromMilliseconds(askAgainMs),
            MovesWithin = _movesWithin,
            WaitAfterALoss = TimeSpan.FromHours(1),
            OpenWithin = TimeSpan.FromSeconds(1),
            ReconnectJitter = TimeSpan.Zero,
            AttachTurns = _turns,
        };
        var who = identified ? new SocketIdentity(Alice, null, TestTokens.AllRights) : null;
        var outbox = new Outbox(_socket, _limits.OutboxBytes, TimeSpan.FromSeconds(5), TimeProvider.System);
        _handler = Sys.ActorOf(Props.Create(typeof(SocketHandlerActor),
            new AcceptedSocket(_socket, who, DeviceId.Parse("phone"), resume, "127.0.0.1:5", 7), context, _region.Ref, outbox));
    }

    private HandlerAttached AttachedTo(
        AttachHandler attach, long seq = 0, long head = 0, bool live = true, string epoch = "e", bool resumed = true, bool gap = false, long first = 1, string node = "owner", string? url = null) =>
        new(attach.Socket.Id, attach.Attachment, epoch, seq, head, first, resumed, gap, live, node, url);

    private AttachHandler Ready(long seq = 0, long head = 0, bool live = true, int askAgainMs = 10_000, string node = "owner")
    {
        Start(askAgainMs: askAgainMs);
        var attach = _region.ExpectMsg<AttachHandler>();
        _handler.Tell(AttachedTo(attach, seq, head, live, node: node));
        _socket.Next("ready");
        return attach;
    }

    private static LogMessage Message(long seq) => new(seq, MessageId.Parse($"m{seq}"), null, 1, JsonData.FromString("1"));

    private void Deliver(AttachHandler attach, params long[] seqs)
    {
        foreach (var seq in seqs) _handler.Tell(new DeliverMessage(attach.Attachment, Message(seq)));
    }

    private void ExpectSeqs(params long[] seqs)
    {
        foreach (var seq in seqs) Assert.Equal(seq, _socket.Next("msg").GetProperty("seq").GetInt64());
    }

    [Fact]
    public void It_attaches_with_what_the_client_asked_for_and_says_ready_once()
    {
        Start(new ResumePoint("e", 4));
        var attach = _region.ExpectMsg<AttachHandler>();
        Assert.Equal((Alice, "phone", new ResumePoint("e", 4), false, 7), (attach.User, attach.Socket.Device.Value, attach.Resume, attach.WasReady, attach.Socket.AcceptedAt));
        _handler.Tell(AttachedTo(attach, seq: 4, head: 9, live: true));
        var ready = _socket.Next("ready");
        Assert.Equal((4, 9, "owner"), (ready.GetProperty("seq").GetInt64(), ready.GetProperty("head").GetInt64(), ready.GetProperty("node").GetString()));
        _handler.Tell(AttachedTo(attach, seq: 4, head: 9, live: true));
        _socket.ExpectNothing();
    }

    [Fact]
    public void An_attach_without_an_answer_is_repeated_under_another_number_and_the_late_answer_is_ignored()
    {
        Start(askAgainMs: 300);
        var first = _region.ExpectMsg<AttachHandler>();
        var second = _region.ExpectMsg<AttachHandler>();
        Assert.True(second.Attachment > first.Attachment);
        _handler.Tell(AttachedTo(first));
        _socket.ExpectNothing(50);
        // Whichever is the newest when its answer comes: on a busy machine there may be several more.
        AwaitAssert(() =>
        {
            _handler.Tell(AttachedTo(_region.ExpectMsg<AttachHandler>(TimeSpan.FromSeconds(10))));
            Assert.True(_socket.TryNext("ready"));
        }, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_client_that_never_got_its_ready_is_closed_with_1013_at_the_deadline()
    {
        _delivery.DeadlineMs = 300;
        Start(askAgainMs: 100);
        Assert.Equal(1013, _socket.ExpectClose().Code);
    }

    [Fact]
    public void A_client_that_had_its_ready_stays_for_as_long_as_the_log_cannot_be_reached()
    {
        _delivery.DeadlineMs = 200;
        var attach = Ready(askAgainMs: 1_000);
        _handler.Tell(new EntityStopping(attach.Attachment));
        for (var i = 0; i < 3; i++) Assert.True(_region.ExpectMsg<AttachHandler>(TimeSpan.FromSeconds(10)).WasReady);
        Assert.False(_socket.Closed.Task.IsCompleted);
    }

    [Fact]
    public void Each_seq_is_written_once_and_in_order()
    {
        var attach = Ready();
        Deliver(attach, 1, 2, 2, 1, 3);
        ExpectSeqs(1, 2, 3);
        _socket.ExpectNothing();
    }

    [Fact]
    public void A_hole_makes_it_attach_again_from_the_last_seq_written()
    {
        var attach = Ready();
        Deliver(attach, 1, 3);
        ExpectSeqs(1);
        var again = _region.ExpectMsg<AttachHandler>();
        Assert.Equal((new ResumePoint("e", 1), true), (again.Resume, again.WasReady));
        _handler.Tell(AttachedTo(again, seq: 1, head: 3, live: false));
        var pull = _region.ExpectMsg<PullBacklog>();
        Assert.Equal((1, again.Attachment), (pull.After, pull.Attachment));
        _handler.Tell(new DeliverBacklog(again.Attachment, [Message(2), Message(3)], Live: true));
        ExpectSeqs(2, 3);
    }

    [Fact]
    public void Deliveries_of_a_former_attachment_are_ignored()
    {
        var former = Ready();
        _handler.Tell(new EntityStopping(former.Attachment));
        var current = _region.ExpectMsg<AttachHandler>();
        Deliver(former, 1);
        _handler.Tell(AttachedTo(current));
        Deliver(former, 1);
        _socket.ExpectNothing();
        Deliver(current, 1);
        ExpectSeqs(1);
    }

    [Theory]
    [InlineData("other", true, false)]
    [InlineData("e", false, false)]
    [InlineData("e", true, true)]
    public void Where_the_log_does_not_go_on_from_the_last_seq_the_client_is_sent_to_resume(string epoch, bool resumed, bool gap)
    {
        var attach = Ready();
        _handler.Tell(new EntityStopping(attach.Attachment));
        var again = _region.ExpectMsg<AttachHandler>();
        _handler.Tell(AttachedTo(again, epoch: epoch, resumed: resumed, gap: gap));
        Assert.Equal(1012, _socket.ExpectClose().Code);
    }

    [Fact]
    public void The_next_page_is_pulled_when_the_socket_has_taken_the_last()
    {
        Start();
        var attach = _region.ExpectMsg<AttachHandler>();
        _handler.Tell(AttachedTo(attach, seq: 0, head: 4, live: false));
        _socket.Next("ready");
        Assert.Equal(0, _region.ExpectMsg<PullBacklog>().After);
        _socket.GetStuck();
        _handler.Tell(new DeliverBacklog(attach.Attachment, [Message(1), Message(2)], Live: false));
        _region.ExpectNoMsg(TimeSpan.FromMilliseconds(150));
        _socket.Release();
        Assert.Equal(2, _region.ExpectMsg<PullBacklog>().After);
        ExpectSeqs(1, 2);
    }

    [Fact]
    public void A_socket_that_does_not_take_live_messages_is_closed_as_slow()
    {
        _limits.OutboxBytes = 500;
        var attach = Ready();
        _socket.GetStuck();
        Deliver(attach, [.. Enumerable.Range(1, 20).Select(i => (long)i)]);
        AwaitCondition(() => _socket.Closed.Task.IsCompleted || Task.Run(_socket.Release).IsCompleted, TimeSpan.FromSeconds(10));
        Assert.Equal(4001, _socket.ExpectClose().Code);
    }

    [Theory]
    [InlineData(AttachRefusalReason.Replaced, 4503)]
    [InlineData(AttachRefusalReason.TooManySockets, 4504)]
    public void A_refusal_for_good_closes(AttachRefusalReason reason, int code)
    {
        Start();
        var attach = _region.ExpectMsg<AttachHandler>();
        _handler.Tell(new AttachRefused(attach.Socket.Id, attach.Attachment, reason));
        Assert.Equal(code, _socket.ExpectClose().Code);
    }

    [Fact]
    public void Without_an_open_in_time_it_closes_with_4003()
    {
        Start(identified: false);
        _socket.Next("hello");
        Assert.Equal(4003, _socket.ExpectClose().Code);
    }

    [Theory]
    [InlineData(false, 4501)]
    [InlineData(true, 1013)]
    public void A_token_that_is_refused_closes_for_good_and_one_that_cannot_be_checked_for_now(bool isForNow, int code)
    {
        Start(identified: false);
        _socket.Next("hello");
        _handler.Tell(Open(isForNow));
        Assert.Equal(code, _socket.ExpectClose().Code);
    }

    [Fact]
    public void A_later_token_that_cannot_be_checked_now_is_an_error_and_the_socket_stays()
    {
        Ready();
        _handler.Tell(Open(isForNow: true));
        var error = _socket.Next("err");
        Assert.Equal(("unavailable", true), (error.GetProperty("code").GetString(), error.GetProperty("retry").GetBoolean()));
        _handler.Tell(new FrameReceived(PingFrame.Instance));
        _socket.Next("pong");
    }

    private static OpenReceived Open(bool isForNow) =>
        new(new OpenFrame("t", null, null), new TokenResult(null, "it is no good") { AskAgainAfter = isForNow ? TimeSpan.FromSeconds(1) : null });

    [Fact]
    public void The_tenth_bad_frame_in_a_row_closes_and_a_good_one_begins_the_count_anew()
    {
        Ready();
        void Bad() => _handler.Tell(new FrameReceived(new InvalidFrame(ErrorCode.BadFrame, "no")));
        for (var i = 0; i < 9; i++) Bad();
        _handler.Tell(new FrameReceived(PingFrame.Instance));
        for (var i = 0; i < 9; i++) Bad();
        for (var i = 0; i < 9; i++) _socket.Next("err");
        _socket.Next("pong");
        for (var i = 0; i < 9; i++) _socket.Next("err");
        Assert.False(_socket.Closed.Task.IsCompleted);
        Bad();
        Assert.Equal(1007, _socket.ExpectClose().Code);
    }

    [Fact]
    public void Acks_go_on_to_the_entity_and_with_the_next_attach()
    {
        var attach = Ready();
        Deliver(attach, 1, 2);
        _handler.Tell(new FrameReceived(new AckFrame(2)));
        _handler.Tell(new FrameReceived(new AckFrame(1)));
        Assert.Equal(2, _region.ExpectMsg<AcknowledgeUpTo>().Seq);
        _handler.Tell(new EntityStopping(attach.Attachment));
        Assert.Equal(2, _region.ExpectMsg<AttachHandler>().Acked);
    }

    [Fact]
    public void It_attaches_again_in_its_turn_and_gives_the_turn_back()
    {
        var attach = Ready();
        var others = _turns.Take(CreateTestProbe().Ref);
        _handler.Tell(new EntityStopping(attach.Attachment));
        Deliver(attach, 1);
        _region.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        _turns.Return(others);
        var again = _region.ExpectMsg<AttachHandler>();
        var next = CreateTestProbe();
        Assert.False(_turns.Take(next.Ref).HasCome);
        _handler.Tell(AttachedTo(again, node: "owner"));
        next.ExpectMsg<AttachTurnCame>();
        Deliver(again, 1);
        ExpectSeqs(1);
    }

    [Fact]
    public void A_handler_that_ends_while_it_has_its_turn_gives_it_back()
    {
        var attach = Ready();
        _handler.Tell(new EntityStopping(attach.Attachment));
        _region.ExpectMsg<AttachHandler>();
        Watch(_handler);
        _handler.Tell(new SocketEnded(CloseCode.Normal));
        ExpectTerminated(_handler);
        Assert.True(_turns.Take(TestActor).HasCome);
    }

    [Fact]
    public void A_handler_that_dies_closes_its_socket_with_1011()
    {
        Ready();
        Sys.Stop(_handler);
        Assert.Equal(1011, _socket.ExpectClose().Code);
        AwaitCondition(() => _sockets.Count == 0);
    }

    [Fact]
    public void The_end_of_the_connection_is_told_to_the_entity()
    {
        var attach = Ready();
        Watch(_handler);
        _handler.Tell(new SocketEnded(CloseCode.Normal));
        Assert.Equal(attach.Socket.Id, _region.ExpectMsg<DetachHandler>().Socket);
        ExpectTerminated(_handler);
        Assert.Equal(0, _sockets.Count);
    }
}
