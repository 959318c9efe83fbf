using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Users;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>From one actor system to another: each handler there, and their parent, says what it was told.</summary>
public sealed class DeliveriesSpec : TestKit
{
    private static readonly UserId Alice = UserId.Parse("alice");
    private static readonly LogMessage Logged = new(7, MessageId.Parse("m"), null, 1, JsonData.FromString("1"));
    private static readonly DeliverEphemeral Ephemeral = new(MessageId.Parse("e"), null, 1, JsonData.FromString("2"));

    private readonly ActorSystem _other;
    private readonly Attachments _attachments = new();

    public DeliveriesSpec()
        : base(Remoting) => _other = ActorSystem.Create("other", Remoting);

    private static Config Remoting => ConfigurationFactory.ParseString("""
        akka.test.single-expect-default = 20 s
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """).WithFallback(ClusterMessageSerialization.Config);

    [Fact]
    public async Task To_several_on_another_node_it_crosses_once_and_each_is_told_its_own_attachment()
    {
        await OpenAsync(_other, "there", [1, 2]);
        Assert.Equal(2, Deliver(new DeliverMessage(0, Logged)));
        var told = await ExpectMsgAsync<Told>();
        Assert.Equal("there", told.Name);
        var many = Assert.IsType<DeliverToHandlers>(told.Message);
        Assert.Equal([new("1", 1), new("2", 2)], many.Handlers);
        Assert.Equal(7, Assert.IsType<DeliverMessage>(many.Delivery).Message.Seq);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task The_only_one_on_another_node_is_told_itself()
    {
        await OpenAsync(_other, "there", [1]);
        await OpenAsync(Sys, "here", [2]);
        Assert.Equal(2, Deliver(new DeliverMessage(0, Logged)));
        Assert.Equal([("1", 1L), ("2", 2L)], (await ReceiveToldAsync(2)).Select(told => (told.Name, ((DeliverMessage)told.Message).Attachment)).Order());
    }

    [Fact]
    public async Task Those_on_its_own_node_are_told_themselves_however_many()
    {
        await OpenAsync(Sys, "here", [1, 2, 3]);
        Assert.Equal(3, Deliver(Ephemeral));
        Assert.Equal(["1", "2", "3"], (await ReceiveToldAsync(3)).Select(told => told.Name).Order());
    }

    [Fact]
    public async Task Whom_it_is_not_for_is_told_nothing_and_not_counted()
    {
        await OpenAsync(_other, "there", [1, 2, 3]);
        Assert.Equal(2, Deliveries.Tell(Sys, _attachments, attachment => attachment.Number > 1, Ephemeral));
        Assert.Equal(["2", "3"], Assert.IsType<DeliverToHandlers>((await ExpectMsgAsync<Told>()).Message).Handlers.Select(handler => handler.Name));
    }

    protected override void AfterAll()
    {
        Shutdown(_other);
        base.AfterAll();
    }

    private int Deliver(IHandlerMessage delivery) => Deliveries.Tell(Sys, _attachments, _ => true, delivery);

    private async Task<IEnumerable<Told>> ReceiveToldAsync(int count)
    {
        var told = new List<Told>();
        while (told.Count < count) told.Add(await ExpectMsgAsync<Told>());
        return told;
    }

    /// <summary>Opens handlers under one parent, named as their attachments are numbered.</summary>
    private async Task OpenAsync(ActorSystem system, string parent, long[] numbers)
    {
        // It answers once it has made the others.
        await system.ActorOf(Props.Create(() => new Parent(TestActor, numbers)), parent).Ask<ActorIdentity>(new Identify(parent), TimeSpan.FromSeconds(30));
        foreach (var number in numbers)
        {
            var path = new RootActorPath(((ExtendedActorSystem)system).Provider.DefaultAddress) / "user" / parent / $"{number}";
            var handler = await Sys.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(30));
            _attachments.Set(new Attachment(new AttachHandler(Alice, new SocketInfo(SocketId.New(), DeviceId.Parse($"d{number}"), 0, "node", "remote"), number, null, WasReady: true, 0, handler)));
        }
    }

    private sealed record Told(string Name, object Message) : INoSerializationVerificationNeeded;

    private sealed class Parent : ReceiveActor
    {
        public Parent(IActorRef probe, long[] numbers)
        {
            foreach (var number in numbers) Context.ActorOf(Props.Create(() => new Parent(probe, Array.Empty<long>())), $"{number}");
            ReceiveAny(message => probe.Tell(new Told(Self.Path.Name, message)));
        }
    }
}
