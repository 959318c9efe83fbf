using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Persistence;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>What a user's entity does with what its node knows of the store.</summary>
public sealed class UserActorWithoutTheStoreSpec : TestKit
{
    // A time that stands still lets one try pass each shut gate: the tests take it.
    private readonly StoreState _store = new(new FakeTimeProvider());
    private readonly UserId _user = UserId.Parse($"u{Guid.NewGuid():N}");
    private readonly UserEntityContext _context;
    private IActorRef _entity;

    public UserActorWithoutTheStoreSpec(ITestOutputHelper output)
        : base(TestConfig.Hocon, output: output)
    {
        _context = new UserEntityContext("here", null, new RetentionOptions(), new LimitsOptions(), new DrainState(), TimeProvider.System, NullLogger.Instance)
        {
            Store = _store,
            // Longer than any test: what opens sooner was told to.
            LogBackOff = (TimeSpan.FromHours(1), TimeSpan.FromHours(1)),
        };
        _entity = NewEntity(_context);
    }

    private string PersistenceId => UserLogActor.PersistenceIdOf(_user);

    [Fact]
    public void While_it_takes_no_writes_a_log_refuses_what_is_new_and_knows_what_it_has()
    {
        var phone = NewHandler("phone");
        Attach(phone);
        phone.Probe.ExpectMsg<HandlerAttached>();
        Assert.False(Send("m1").Duplicate);
        var written = FaultyJournal.Written[PersistenceId];

        RefuseWrites();
        IsRefused("m2");
        Assert.True(Send("m1").Duplicate);
        var laptop = NewHandler("laptop");
        Attach(laptop);
        Assert.Equal(AttachRefusalReason.StoreUnavailable, laptop.Probe.ExpectMsg<AttachRefused>().Reason);
        Attach(phone, 2, wasReady: true);
        Assert.Equal(1, phone.Probe.FishForMessage<HandlerAttached>(_ => true).Head);
        Assert.Equal(written, FaultyJournal.Written[PersistenceId]);

        _store.Wrote();
        Assert.Equal(2, Send("m2").Seq);
    }

    [Fact]
    public void A_log_that_failed_opens_as_soon_as_the_store_is_back()
    {
        Attach(NewHandler("phone"));
        Send("m1");
        FaultyJournal.Faults[PersistenceId] = Fault.RefuseWrites;
        IsRefused("m2");
        FaultyJournal.Faults.TryRemove(PersistenceId, out _);
        // Left alone, since it failed; what reaches it while it stops is not answered.
        AwaitAssert(() => IsRefused("m2", TimeSpan.FromMilliseconds(500)), TimeSpan.FromSeconds(20));

        Silence();
        _store.Read();
        Assert.Equal(2, Send("m2").Seq);
    }

    [Fact]
    public void A_store_that_lost_the_newest_messages_is_given_them_again_and_nobody_is_told()
    {
        var phone = NewHandler("phone");
        Attach(phone);
        for (var seq = 1; seq <= 3; seq++) Assert.Equal(seq, Send($"m{seq}").Seq);
        FaultyJournal.Faults[PersistenceId] = Fault.RefuseWrites;
        IsRefused("m4");
        FaultyJournal.Lost[PersistenceId] = 2;
        FaultyJournal.Faults.TryRemove(PersistenceId, out _);
        AwaitAssert(() => IsRefused("m4", TimeSpan.FromMilliseconds(500)), TimeSpan.FromSeconds(20));

        Silence();
        _store.Read();
        Assert.Equal(4, Send("m4").Seq);
        Assert.True(Send("m3").Duplicate);
        phone.Probe.ExpectMsg<HandlerAttached>();
        for (var seq = 1; seq <= 4; seq++) Assert.Equal(seq, phone.Probe.ExpectMsg<DeliverMessage>().Message.Seq);
        phone.Probe.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void What_the_store_may_have_lost_is_looked_at_once_the_log_is_quiet_though_nobody_asks_for_it()
    {
        _entity = NewEntity(_context with { LogQuietAfter = TimeSpan.FromSeconds(1) });
        Send("m1");
        Send("m2");
        var written = FaultyJournal.Written[PersistenceId];
        FaultyJournal.Lost[PersistenceId] = 1;
        // Somebody else's trouble.
        _store.WriteFailed(new IOException());
        AwaitAssert(() => Assert.Equal(written + 1, FaultyJournal.Written[PersistenceId]), TimeSpan.FromSeconds(20));
        Assert.True(Send("m2").Duplicate);
        Assert.Equal(3, Send("m3").Seq);
    }

    [Fact]
    public void A_store_that_is_silent_is_not_asked_for_a_log()
    {
        Silence();
        Assert.True(_store.MayRead());
        var phone = NewHandler("phone");
        Attach(phone);
        Assert.Equal(AttachRefusalReason.StoreUnavailable, phone.Probe.ExpectMsg<AttachRefused>().Reason);
        IsRefused("m1");

        _store.Read();
        Assert.Equal(1, Send("m1").Seq);
    }

    private IActorRef NewEntity(UserEntityContext context) => CreateTestProbe().ChildActorOf(Props.Create(typeof(UserActor), _user, context));

    private sealed record Handler(TestProbe Probe, SocketInfo Socket);

    private Handler NewHandler(string device) => new(CreateTestProbe(), new SocketInfo(SocketId.New(), DeviceId.Parse(device), 1, "here", "127.0.0.1:5"));

    private void Attach(Handler handler, long number = 1, bool wasReady = false) =>
        _entity.Tell(new AttachHandler(_user, handler.Socket, number, null, wasReady, 0, handler.Probe.Ref));

    private SendMessage NewSend(string id) => new(_user, null, MessageId.Parse(id), JsonData.FromString("1"));

    private MessageAccepted Send(string id)
    {
        _entity.Tell(NewSend(id), TestActor);
        return ExpectMsg<MessageAccepted>(TimeSpan.FromSeconds(10));
    }

    private void IsRefused(string id, TimeSpan? within = null)
    {
        _entity.Tell(NewSend(id), TestActor);
        Assert.Equal(AskAgainReason.StoreUnavailable, ExpectMsg<AskAgain>(within ?? TimeSpan.FromSeconds(10)).Reason);
    }

    private void Silence() => Assert.True(_store.Silent(TimeSpan.Zero));

    private void RefuseWrites()
    {
        for (var i = 0; i < StoreGate.Failures; i++) _store.WriteFailed(new IOException());
        Assert.True(_store.MayWrite());
    }
}
