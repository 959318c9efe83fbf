using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;
using AkkaSockets.Messages;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace AkkaSockets.Node.Tests.Users;

/// <summary>The test is the region that is asked.</summary>
public sealed class UserAskerSpec(ITestOutputHelper output) : TestKit(TestConfig.Hocon, output: output)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly SendMessage Command = new(UserId.Parse("alice"), null, MessageId.Parse("m1"), JsonData.FromString("1"));
    private readonly LostNodes _lost = new();

    private UserAsker New(int deadlineMs = 3_600_000) =>
        new(new Found(TestActor), Options.Create(new DeliveryOptions { DeadlineMs = deadlineMs }), _lost, TimeProvider.System) { Patience = TimeSpan.FromHours(1) };

    [Fact]
    public async Task What_was_asked_when_a_node_is_lost_is_asked_again_at_once_under_the_same_id()
    {
        var answer = New().AskAsync(Command, CancellationToken.None);
        Assert.Equal(Command.Id, ExpectMsg<SendMessage>(Long).Id);
        _lost.Tell();
        Assert.Equal(Command.Id, ExpectMsg<SendMessage>(Long).Id);
        var accepted = new MessageAccepted(Command.Id, 1, Duplicate: false);
        LastSender.Tell(accepted);
        Assert.Equal(accepted, await answer.WaitAsync(Long));
    }

    [Fact]
    public async Task A_loss_before_it_asked_is_none_of_its_business()
    {
        _lost.Tell();
        var answer = New().AskAsync(Command, CancellationToken.None);
        ExpectMsg<SendMessage>(Long);
        var asker = LastSender;
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        asker.Tell(new MessageAccepted(Command.Id, 1, Duplicate: false));
        await answer.WaitAsync(Long);
    }

    [Fact]
    public async Task Whoever_gives_up_is_not_asked_for_any_more()
    {
        using var stop = new CancellationTokenSource();
        var answer = New().AskAsync(Command, stop.Token);
        ExpectMsg<SendMessage>(Long);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WaitAsync(Long));
        _lost.Tell();
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Told_to_ask_again_it_does_until_the_deadline()
    {
        var answer = New(deadlineMs: 1_000).AskAsync(Command, CancellationToken.None);
        while (!answer.IsCompleted)
        {
            if (await ReceiveOneAsync(TimeSpan.FromMilliseconds(200)) is SendMessage) LastSender.Tell(new AskAgain(AskAgainReason.Moving));
        }
        var refused = await Assert.ThrowsAsync<UserUnavailableException>(() => answer);
        Assert.Contains("moving", refused.Why);
    }

    private sealed class Found(IActorRef actor) : IRequiredActor<UserRegion>
    {
        public IActorRef ActorRef => actor;

        public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
    }
}
