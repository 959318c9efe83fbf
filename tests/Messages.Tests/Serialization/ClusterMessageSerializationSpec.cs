using Akka.Actor;
using Akka.Serialization;
using AkkaSockets.Messages.Serialization;

namespace AkkaSockets.Messages.Tests.Serialization;

public sealed class ClusterMessageSerializationSpec(NodeSystem node) : IClassFixture<NodeSystem>
{
    public static TheoryData<string> Messages { get; } = [.. MessageTypes.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Each_message_is_bound_to_the_serializer(string name) =>
        Assert.IsType<ClusterMessageSerializer>(node.System.Serialization.FindSerializerForType(MessageTypes.All.Single(type => type.Name == name)));

    [Fact]
    public void Anything_else_is_bound_to_the_refusing_one() =>
        Assert.IsType<RefusingSerializer>(node.System.Serialization.FindSerializerForType(typeof(object)));

    [Fact]
    public void What_Akka_binds_more_narrowly_stays_bound() =>
        Assert.IsType<ByteArraySerializer>(node.System.Serialization.FindSerializerForType(typeof(byte[])));

    [Fact]
    public void It_wins_over_Akkas_own_settings_when_it_comes_first()
    {
        using var system = ActorSystem.Create("first", ClusterMessageSerialization.Config.WithFallback(Akka.Configuration.ConfigurationFactory.Default()));
        Assert.IsType<RefusingSerializer>(system.Serialization.FindSerializerForType(typeof(object)));
        system.Terminate().Wait(TimeSpan.FromSeconds(10));
    }
}
