using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Serialization;

/// <summary>Actors whose every message is written and read on its way.</summary>
public sealed class MessagesBetweenActorsSpec() : TestKit(Hocon)
{
    private static Config Hocon { get; } =
        ConfigurationFactory.ParseString("akka.actor.serialize-messages = on").WithFallback(ClusterMessageSerialization.Config);

    [Fact]
    public void Each_sample_arrives_as_another_object_that_says_the_same()
    {
        foreach (var sample in Samples.All(Sys))
        {
            TestActor.Tell(sample.Message);
            var received = ExpectMsg<IClusterMessage>();
            Assert.NotSame(sample.Message, received);
            Assert.Equal(MessageText.Of(sample.Message), MessageText.Of(received));
        }
    }

    [Fact]
    public void The_handler_of_an_attach_that_crossed_can_be_told()
    {
        var entity = CreateTestProbe();
        var handler = CreateTestProbe();
        var socket = new SocketInfo(SocketId.New(), DeviceId.Parse("phone"), 0, "", "");
        entity.Tell(new AttachHandler(UserId.Parse("alice"), socket, 1, null, WasReady: false, 0, handler));
        var attach = entity.ExpectMsg<AttachHandler>();
        Assert.Equal(handler.Ref, attach.Handler);
        attach.Handler.Tell(new EntityStopping(1));
        handler.ExpectMsg<EntityStopping>();
    }

    [Fact]
    public void A_message_that_nobody_gave_an_encoding_does_not_arrive_and_the_log_says_why()
    {
        EventFilter.Custom(entry => entry is Error error && $"{error.Cause}".Contains($"{nameof(Unmarked)} has no serializer", StringComparison.Ordinal))
            .ExpectOne(() => TestActor.Tell(new Unmarked()));
        TestActor.Tell(new SocketsTold(1));
        ExpectMsg<SocketsTold>();
    }

    private sealed record Unmarked;
}
