using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Tests.Placement;

/// <summary>A coordinator that has just begun, on a node that may have just joined. The test plays the board's actor; that the plan is made, and told to it, is the first step of every move.</summary>
public sealed class NothingMovesBeforeAPauseIsKnownSpec : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly IImmutableSet<string> Nothing = ImmutableHashSet<string>.Empty;

    private readonly PlacementBoard _board = new();
    private readonly TestProbe _replicated;
    private readonly ConsistentHashAllocationStrategy _strategy;

    public NothingMovesBeforeAPauseIsKnownSpec()
        : base(ConfigurationFactory.ParseString($$"""
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.roles = ["{{MemberRoles.Node}}", "{{MemberRoles.OfName("node-1")}}"]
            """).WithFallback(TestConfig.Hocon))
    {
        _replicated = CreateTestProbe();
        _strategy = new ConsistentHashAllocationStrategy(new PlacementOptions { Shards = 4, SettleMs = 0 }, _board, _replicated.Ref, TimeProvider.System);
    }

    [Fact]
    public async Task It_asks_until_a_majority_has_answered()
    {
        var asked = await BeginAsync();
        Rebalance();
        asked.Tell(PauseRead.Unknown);
        // Only now does it ask again.
        AwaitCondition(() =>
        {
            Rebalance();
            return _replicated.HasMessages;
        }, Patience);
        asked = Asker<ReadPause>();
        asked.Tell(PauseRead.Known);

        AwaitCondition(() =>
        {
            Rebalance();
            return _replicated.HasMessages;
        }, Patience);
        _replicated.ExpectMsg<PublishPlacement>(Patience);
    }

    [Fact]
    public async Task What_it_then_knows_is_heeded()
    {
        var asked = await BeginAsync();
        _board.SetPaused([new MovesPaused(DateTimeOffset.UnixEpoch, "node-2").Flag]);
        asked.Tell(PauseRead.Known);

        Rebalance();
        Assert.False(_replicated.HasMessages);
    }

    private async Task<IActorRef> BeginAsync()
    {
        var cluster = Cluster.Get(Sys);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        _strategy.Start(Sys);
        Asker<ReadPlacement>().Tell(PlacementRead.Instance);
        return Asker<ReadPause>();
    }

    private IActorRef Asker<T>()
    {
        _replicated.ExpectMsg<T>(Patience);
        return _replicated.LastSender;
    }

    private void Rebalance() => Assert.Empty(_strategy.Rebalance(ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty.Add(TestActor, ["1"]), Nothing).Result);
}
