using Akka.Actor;
using AkkaSockets.Messages.Serialization;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaSockets.Messages.Tests.Serialization;

public sealed class RoundTripSpec(NodeSystem node) : IClassFixture<NodeSystem>
{
    public static TheoryData<string> Messages { get; } = [.. MessageTypes.All.Select(type => type.Name)];

    [Fact]
    public void Every_message_has_a_manifest_and_nothing_else_has() =>
        Assert.Equal(MessageTypes.All, ClusterMessageSerializer.Types.OrderBy(type => type.Name, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_read_as_it_was_written(string name)
    {
        var actors = new[] { node.System.ActorOf<Silent>(), node.System.ActorOf<Silent>($"{name}-:@&=+,!~';()$"), node.System.DeadLetters };
        var messages = new AnyMessage(actors).Of(MessageTypes.All.Single(type => type.Name == name));
        Prop.ForAll(messages.ToArbitrary(), message => Assert.Equal(MessageText.Of(message), MessageText.Of(node.ThereAndBack(message))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private sealed class Silent : ReceiveActor;
}
