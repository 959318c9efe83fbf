using Akka.Actor;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Sockets;

namespace AkkaSockets.Node.Tests.Sockets;

/// <summary>When its user moves, its node drains, or another is lost.</summary>
public sealed partial class SocketHandlerActorSpec
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_a_node_is_lost_an_attach_without_an_answer_is_repeated_at_once(bool wasReady)
    {
        if (wasReady)
        {
            var former = Ready(askAgainMs: 3_600_000);
            _handler.Tell(new EntityStopping(former.Attachment));
        }
        else
        {
            Start(askAgainMs: 3_600_000);
        }
        var lost = _region.ExpectMsg<AttachHandler>(TimeSpan.FromSeconds(30));
        _handler.Tell(NodeLost.Instance);
        var again = _region.ExpectMsg<AttachHandler>(TimeSpan.FromSeconds(30));
        Assert.True(again.Attachment > lost.Attachment);
        _handler.Tell(AttachedTo(again));
        if (!wasReady) _socket.Next("ready");
        Deliver(again, 1);
        ExpectSeqs(1);
    }

    [Fact]
    public void When_a_node_is_lost_whoever_is_attached_or_waits_for_its_turn_does_nothing()
    {
        var attach = Ready();
        _handler.Tell(NodeLost.Instance);
        _region.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        var others = _turns.Take(CreateTestProbe().Ref);
        _handler.Tell(new EntityStopping(attach.Attachment));
        _handler.Tell(NodeLost.Instance);
        _region.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _turns.Return(others);
        _region.ExpectMsg<AttachHandler>(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_client_that_waits_when_a_node_is_lost_is_tried_on_though_its_deadline_passes()
    {
        _delivery.DeadlineMs = 1;
        Start(askAgainMs: 1_000);
        _handler.Tell(NodeLost.Instance);
        for (var tries = 0; tries < 4; tries++) _region.ExpectMsg<AttachHandler>(TimeSpan.FromSeconds(30));
        Assert.False(_socket.Closed.Task.IsCompleted);
    }

    [Fact]
    public void Asked_to_reconnect_it_tells_its_client_once_and_the_socket_goes_on()
    {
        var attach = Ready();
        _handler.Tell(new AskToReconnect(ReconnectReason.Admin, "ws://there/ws"));
        _handler.Tell(new AskToReconnect(ReconnectReason.Admin, "ws://there/ws"));
        var frame = _socket.Next("reconnect");
        Assert.Equal(("admin", 0, 30_000, "ws://there/ws"),
            (frame.GetProperty("reason").GetString(), frame.GetProperty("delayMs").GetInt32(), frame.GetProperty("graceMs").GetInt32(), frame.GetProperty("url").GetString()));
        _socket.ExpectNothing();
        Deliver(attach, 1);
        ExpectSeqs(1);
    }

    [Theory]
    [InlineData("other", null, false, true)]
    [InlineData("other", "ws://other/ws", false, true)]
    [InlineData("here", null, false, false)]
    [InlineData("owner", null, false, false)]
    [InlineData("other", null, true, false)]
    [InlineData("other", "ws://other/ws", true, true)]
    public void After_a_hand_off_the_client_follows_its_user_where_that_gains_something(string node, string? url, bool ownerLeaves, bool told)
    {
        var attach = Ready();
        _handler.Tell(new EntityStopping(attach.Attachment, ownerLeaves));
        _handler.Tell(AttachedTo(_region.ExpectMsg<AttachHandler>(), node: node, url: url));
        if (!told)
        {
            _socket.ExpectNothing();
            return;
        }
        var frame = _socket.Next("reconnect");
        Assert.Equal("rebalance", frame.GetProperty("reason").GetString());
        Assert.Equal(url, frame.TryGetProperty("url", out var given) ? given.GetString() : null);
    }

    [Fact]
    public void A_handler_whose_entity_dies_attaches_again_and_sends_no_frame()
    {
        Start(askAgainMs: 2_000);
        var entity = CreateTestProbe();
        _handler.Tell(AttachedTo(_region.ExpectMsg<AttachHandler>()), entity.Ref);
        _socket.Next("ready");
        Sys.Stop(entity.Ref);
        var again = _region.ExpectMsg<AttachHandler>(TimeSpan.FromSeconds(10));
        Assert.True(again.WasReady);
        _handler.Tell(AttachedTo(again, node: "other"));
        _socket.ExpectNothing();
        Deliver(again, 1);
        ExpectSeqs(1);
    }

    [Fact]
    public void An_entity_that_was_lost_moves_nobody()
    {
        var attach = Ready();
        Deliver(attach, 2);
        _handler.Tell(AttachedTo(_region.ExpectMsg<AttachHandler>(), node: "other"));
        _socket.ExpectNothing();
    }

    [Fact]
    public void A_drain_names_where_the_user_can_be_reached_by_then()
    {
        var attach = Ready();
        _drain.Begin(TimeProvider.System.GetUtcNow().AddSeconds(60));
        _handler.Tell(new EntityStopping(attach.Attachment, OwnerLeaves: true));
        _handler.Tell(AttachedTo(_region.ExpectMsg<AttachHandler>(), node: "other"));
        _handler.Tell(new EntityStopping(attach.Attachment + 1, OwnerLeaves: true));
        _region.ExpectMsg<AttachHandler>();
        _handler.Tell(AttachedTo(attach with { Attachment = attach.Attachment + 2 }, node: "third", url: "ws://third/ws"));
        _handler.Tell(DrainSockets.Now);
        var frame = _socket.Next("reconnect");
        Assert.Equal("ws://third/ws", frame.GetProperty("url").GetString());
        _handler.Tell(DrainSockets.Now);
        _socket.ExpectNothing();
    }

    [Fact]
    public void In_a_drain_a_client_whose_user_is_here_too_goes_with_it_and_is_told_once()
    {
        var attach = Ready(node: "here");
        _drain.Begin(TimeProvider.System.GetUtcNow().AddSeconds(60));
        _handler.Tell(DrainSockets.WithTheirUsers);
        _socket.ExpectNothing();
        _handler.Tell(new EntityStopping(attach.Attachment, OwnerLeaves: true));
        var again = _region.ExpectMsg<AttachHandler>();
        _handler.Tell(DrainSockets.Now);
        _socket.ExpectNothing();
        _handler.Tell(AttachedTo(again, node: "other", url: "ws://other/ws"));
        var frame = _socket.Next("reconnect");
        Assert.Equal(("drain", "ws://other/ws"), (frame.GetProperty("reason").GetString(), frame.GetProperty("url").GetString()));
        _handler.Tell(DrainSockets.Now);
        _socket.ExpectNothing();
    }

    [Fact]
    public void In_a_drain_a_client_whose_user_is_elsewhere_is_told_without_waiting()
    {
        Ready(node: "other");
        _drain.Begin(TimeProvider.System.GetUtcNow().AddSeconds(60));
        _handler.Tell(DrainSockets.WithTheirUsers);
        Assert.Equal("drain", _socket.Next("reconnect").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_a_drain_a_client_whose_user_does_not_get_away_is_told_all_the_same(bool isOnItsWay)
    {
        _movesWithin = TimeSpan.FromMilliseconds(200);
        var attach = Ready(node: "here");
        _drain.Begin(TimeProvider.System.GetUtcNow().AddSeconds(60));
        _handler.Tell(DrainSockets.WithTheirUsers);
        if (isOnItsWay) _handler.Tell(new EntityStopping(attach.Attachment, OwnerLeaves: true));
        _handler.Tell(DrainSockets.Now);
        Assert.Equal("drain", _socket.Next("reconnect").GetProperty("reason").GetString());
    }

    [Fact]
    public void In_a_drain_delay_and_grace_end_by_the_deadline_and_then_it_closes_with_1012()
    {
        Ready();
        _drain.Begin(TimeProvider.System.GetUtcNow().AddMilliseconds(800));
        _handler.Tell(DrainSockets.Now);
        var frame = _socket.Next("reconnect");
        Assert.Equal("drain", frame.GetProperty("reason").GetString());
        Assert.InRange(frame.GetProperty("delayMs").GetInt32() + frame.GetProperty("graceMs").GetInt32(), 0, 800);
        Assert.Equal(1012, _socket.ExpectClose().Code);
    }
}
