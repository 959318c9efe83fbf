using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>What a user's entity does on a node that can't know whether the others gave its users away.</summary>
public sealed class WithoutAMajoritySpec : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly UserId _user = UserId.Parse($"u{Guid.NewGuid():N}");
    private readonly Majority _majority = new(TimeProvider.System);
    private readonly TestProbe _handler;
    private readonly SocketInfo _socket = new(SocketId.New(), DeviceId.Parse("phone"), 1, "here", "127.0.0.1:5");
    private readonly IActorRef _entity;

    public WithoutAMajoritySpec(ITestOutputHelper output)
        : base(TestConfig.Hocon, output: output)
    {
        Hear(true);
        _handler = CreateTestProbe();
        var context = new UserEntityContext("here", null, new RetentionOptions(), new LimitsOptions(), new DrainState(), TimeProvider.System, NullLogger.Instance)
        {
            Majority = _majority,
            LogBackOff = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
            LookForMajorityEvery = TimeSpan.FromMilliseconds(20),
            JournalAcksAfter = TimeSpan.FromMilliseconds(20),
        };
        _entity = CreateTestProbe().ChildActorOf(Props.Create(typeof(UserActor), _user, context));
    }

    private int Written => FaultyJournal.Written.GetValueOrDefault(UserLogActor.PersistenceIdOf(_user));

    private void Hear(bool majority) => _majority.HearUntil(majority ? TimeSpan.MaxValue : TimeSpan.MinValue);

    private void Attach(long number = 1, bool wasReady = false) =>
        _entity.Tell(new AttachHandler(_user, _socket, number, wasReady ? new ResumePoint("e", 0) : null, wasReady, 0, _handler.Ref));

    private void Send(string id) => _entity.Tell(new SendMessage(_user, null, MessageId.Parse(id), JsonData.FromString("1")), TestActor);

    [Fact]
    public void A_durable_message_is_answered_with_ask_again_and_not_journaled()
    {
        Attach();
        _handler.ExpectMsg<HandlerAttached>(Patience);
        Send("m1");
        ExpectMsg<MessageAccepted>(Patience);
        var written = Written;

        Hear(false);
        Send("m2");
        Assert.Equal(AskAgainReason.NoMajority, ExpectMsg<AskAgain>(Patience).Reason);
        Assert.Equal(written, Written);

        Hear(true);
        Send("m2");
        Assert.Equal(2, ExpectMsg<MessageAccepted>(Patience).Seq);
    }

    [Fact]
    public void Nobody_is_recovered_and_sockets_that_were_ready_stay_and_get_ephemeral_messages()
    {
        Hear(false);
        Attach(wasReady: true);
        Assert.Equal(AttachRefusalReason.StoreUnavailable, _handler.ExpectMsg<AttachRefused>(Patience).Reason);
        _entity.Tell(new GetUser(_user), TestActor);
        Assert.Equal(AskAgainReason.NoMajority, ExpectMsg<AskAgain>(Patience).Reason);
        _entity.Tell(new SendEphemeral(_user, null, default, JsonData.FromString("1")), TestActor);
        Assert.Equal(1, ExpectMsg<EphemeralDelivered>(Patience).Sockets);
        _handler.ExpectMsg<DeliverEphemeral>(Patience);
        Assert.Equal(0, Written);
    }

    [Fact]
    public void What_waits_to_be_journaled_is_let_go_and_those_attached_are_served_when_a_majority_is_heard_again()
    {
        Attach();
        _handler.ExpectMsg<HandlerAttached>(Patience);
        Send("m1");
        ExpectMsg<MessageAccepted>(Patience);
        _handler.ExpectMsg<DeliverMessage>(Patience);
        var written = Written;

        Hear(false);
        // The ack is due to be journaled in a moment: the log ends instead.
        _entity.Tell(new AcknowledgeUpTo(_user, _socket.Device, 1));
        AwaitCondition(() => LogIsGone(), Patience);
        Assert.Equal(written, Written);

        Hear(true);
        Send("m2");
        AwaitAssert(() => Assert.Equal(2, ExpectMsg<IUserReply>(Patience) is MessageAccepted accepted ? accepted.Seq : Repeat("m2")), Patience);
        Assert.Equal(2, _handler.FishForMessage<DeliverMessage>(_ => true, Patience).Message.Seq);
    }

    private long Repeat(string id)
    {
        Send(id);
        return 0;
    }

    private bool LogIsGone() => ((ActorRefWithCell)_entity).Children.Count() == 0;
}
