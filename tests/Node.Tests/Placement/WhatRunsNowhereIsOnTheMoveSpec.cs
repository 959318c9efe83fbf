using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Placement;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Placement;

/// <summary>
/// A hand-off's end and the shard's next place are two changes, which the coordinator writes down one after the other. In between, the shard is neither in progress nor anywhere, and its users wait.
/// The test plays the coordinator, and the board's actor, of a cluster of two nodes, the second of which is new.
/// </summary>
public sealed class WhatRunsNowhereIsOnTheMoveSpec : TestKit
{
    private const int Shards = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _second;
    private readonly ConsistentHashAllocationStrategy _strategy;

    public WhatRunsNowhereIsOnTheMoveSpec()
        : base(Member("node-1"))
    {
        _second = ActorSystem.Create(Sys.Name, Member("node-2"));
        var replicated = CreateTestProbe();
        replicated.SetAutoPilot(new Board());
        _strategy = new ConsistentHashAllocationStrategy(new PlacementOptions { Shards = Shards, SettleMs = 0 }, new PlacementBoard(), replicated.Ref, new FakeTimeProvider());
    }

    [Fact]
    public async Task No_other_move_begins_before_those_under_way_have_a_place()
    {
        var cluster = Cluster.Get(Sys);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        await Cluster.Get(_second).JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        AwaitCondition(() => cluster.State.Members.Count(member => member.Status == MemberStatus.Up) == 2, Patience);
        _strategy.Start(Sys);

        var newcomer = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(new RootActorPath(Cluster.Get(_second).SelfAddress) / "system" / "sharding" / "user");
        var placed = ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty
            .Add(TestActor, [.. Enumerable.Range(0, Shards).Select(shard => $"{shard}")])
            .Add(newcomer, []);
        IImmutableSet<string> begun = ImmutableHashSet<string>.Empty;
        AwaitCondition(() => (begun = Rebalance(placed)).Count > 0, Patience);
        Assert.Equal(MovePace.Least, begun.Count);

        var nowhere = placed.SetItem(TestActor, [.. placed[TestActor].Except(begun)]);
        Assert.Empty(Rebalance(nowhere));
        var allButOne = nowhere.SetItem(newcomer, [.. begun.Skip(1)]);
        // Two were quick, so there may be one more at once, and one is under way.
        Assert.Equal(MovePace.Least, Rebalance(allButOne).Count);
    }

    protected override void AfterAll()
    {
        _second.Terminate().Wait(Patience);
        base.AfterAll();
    }

    private IImmutableSet<string> Rebalance(IImmutableDictionary<IActorRef, IImmutableList<string>> placed) => _strategy.Rebalance(placed, ImmutableHashSet<string>.Empty).Result;

    private static Config Member(string name) => ConfigurationFactory.ParseString($$"""
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.cluster.roles = ["{{MemberRoles.Node}}", "{{MemberRoles.OfName(name)}}"]
        """).WithFallback(TestConfig.Hocon);

    /// <summary>It knows of no table, and of no pause.</summary>
    private sealed class Board : Akka.TestKit.AutoPilot
    {
        public override Akka.TestKit.AutoPilot Run(IActorRef sender, object message)
        {
            if (message is ReadPlacement) sender.Tell(PlacementRead.Instance);
            if (message is ReadPause) sender.Tell(PauseRead.Known);
            return KeepRunning;
        }
    }
}
