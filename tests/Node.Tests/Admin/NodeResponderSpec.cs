using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.TestKit.Xunit2;
using AkkaSockets.Admin.Cluster;
using AkkaSockets.Admin.Logs;
using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Serialization;
using AkkaSockets.Node.Admin;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Sockets;
using AkkaSockets.Node.Telemetry;
using AkkaSockets.Node.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Admin;

/// <summary>A node's answers, over a region that the test plays and a directory that it fills.</summary>
public sealed class NodeResponderSpec : TestKit
{
    private const int RemoteMessageBytes = 128_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LocalSockets _sockets = new();
    private readonly Region _region = new();
    private readonly NodeResponder _responder;

    public NodeResponderSpec()
        : base(TestConfig.Hocon)
    {
        var facts = new NodeFacts(
            Options.Create(new ClusterMemberOptions { NodeName = "node-1" }), new SettingsInForce([]), new NodeHealth(() => "Up", () => true), _sockets,
            new Found<UserShards>(Sys.ActorOf(Props.Create(() => new RegionActor(_region)))), new LogLevels(), new AdminLimits { Deadline = Patience },
            new ActivityTotals(), new DrainState());
        _responder = new NodeResponder(facts, _sockets, Options.Create(new PlacementOptions()), TimeProvider.System, NullLogger<NodeResponder>.Instance);
    }

    [Fact]
    public async Task Sockets_are_told_in_pages_that_a_remote_message_can_carry()
    {
        var longest = new string('漢', UserId.MaxLength - 6);
        for (var i = 1; i <= 1000; i++) Open($"{longest}{i:000000}", i, device: new string('漢', DeviceId.MaxLength), remote: "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535");

        var (listed, pages) = (new List<SocketDescription>(), 0);
        for (long? after = 0; after is { } from; pages++)
        {
            var page = (SocketsListed)(await _responder.AnswerAsync(new ListSockets(null, from)))!;
            Assert.InRange(BytesOf(page), 1, RemoteMessageBytes);
            listed.AddRange(page.Sockets);
            after = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, 1000).Select(i => $"{longest}{i:000000}"), listed.Select(socket => socket.User.Value));
        Assert.InRange(pages, 2, 100);
    }

    [Fact]
    public async Task One_users_sockets_are_found_among_others()
    {
        for (var i = 1; i <= 20; i++) Open($"user-{i % 5}", i);

        var page = (SocketsListed)(await _responder.AnswerAsync(new ListSockets(UserId.Parse("user-3"), 0)))!;

        Assert.Equal(4, page.Sockets.Count);
        Assert.All(page.Sockets, socket => Assert.Equal("user-3", socket.User.Value));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task A_shards_sockets_count_where_they_are_and_its_users_where_they_live()
    {
        var (here, there) = (UserId.Parse("alice"), UserId.Parse("bob"));
        Open(here.Value, 1);
        Open(here.Value, 2, "tablet");
        Open(there.Value, 3);
        _region.Shards = [(ShardId.Of(here, 256).Value, 5)];

        var loads = (ShardLoads)(await _responder.AnswerAsync(new GetShardLoads(0)))!;

        Assert.Equal(
            new[] { new ShardLoad(ShardId.Of(here, 256).Value, true, 5, 2), new ShardLoad(ShardId.Of(there, 256).Value, false, 0, 1) }.OrderBy(load => load.Shard), loads.Shards);
        Assert.Null(loads.Next);
    }

    [Fact]
    public async Task Shards_are_told_in_pages_that_a_remote_message_can_carry()
    {
        _region.Shards = [.. Enumerable.Range(0, 65_536).Select(shard => (shard, int.MaxValue / 65_536))];

        var told = new List<int>();
        for (int? from = 0; from is { } next;)
        {
            var page = (ShardLoads)(await _responder.AnswerAsync(new GetShardLoads(next)))!;
            Assert.InRange(BytesOf(page), 1, RemoteMessageBytes);
            told.AddRange(page.Shards.Select(load => load.Shard));
            from = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 65_536), told);
    }

    [Fact]
    public void A_follower_is_told_of_sockets_from_the_first_on()
    {
        using var following = _responder.Follow(FollowTopic.Sockets, TestActor);
        Assert.Empty(ExpectMsg<SocketNews>(Patience).Events);

        var id = Open("alice", 1);
        Assert.Equal((SocketEventKind.Opened, "alice"), KindAndUser(ExpectMsg<SocketNews>(Patience)));
        _sockets.Directory.ReconnectSent(id, "rebalance", DateTimeOffset.UtcNow);
        Assert.Equal("rebalance", Assert.Single(ExpectMsg<SocketNews>(Patience).Events).Detail);
        _sockets.Directory.Closed(id, 1012, DateTimeOffset.UtcNow);
        Assert.Equal(1012, Assert.Single(ExpectMsg<SocketNews>(Patience).Events).Code);
        Assert.Empty(_sockets.Directory.All);
    }

    [Fact]
    public void A_follower_is_told_of_shards_as_they_come_and_go()
    {
        _region.Shards = [(7, 3)];
        using var following = _responder.Follow(FollowTopic.Shards, TestActor);
        var first = ExpectMsg<ShardNews>(Patience);
        Assert.Equal((true, 7, true), (first.IsFirst, first.Events.Single().Shard, first.Events.Single().IsHere));

        _region.Shards = [(7, 3), (9, 1)];
        Assert.Equal((9, true), Only(ExpectMsg<ShardNews>(Patience)));
        _region.Shards = [(9, 1)];
        Assert.Equal((7, false), Only(ExpectMsg<ShardNews>(Patience)));
    }

    [Fact]
    public async Task What_is_another_members_to_answer_is_left_to_it() => Assert.Null(await _responder.AnswerAsync(new GetMemberStatus()));

    private SocketId Open(string user, long acceptedAt, string device = "phone", string remote = "10.0.0.7:50001")
    {
        var id = SocketId.New();
        _sockets.Directory.Opened(new OpenedSocket(id, UserId.Parse(user), DeviceId.Parse(device), remote, acceptedAt, new string('n', 128)), DateTimeOffset.UtcNow);
        return id;
    }

    private int BytesOf(object message) => new ClusterMessageSerializer((ExtendedActorSystem)Sys).ToBinary(message).Length;

    private static (SocketEventKind, string) KindAndUser(SocketNews news) => (news.Events.Single().Kind, news.Events.Single().User.Value);

    private static (int, bool) Only(ShardNews news) => (news.Events.Single().Shard, news.Events.Single().IsHere);

    private sealed class Region
    {
        public volatile (int Shard, int Users)[] Shards = [];
    }

    private sealed class RegionActor(Region region) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not GetShardRegionStats) return;
            var stats = region.Shards.ToDictionary(shard => shard.Shard.ToString(System.Globalization.CultureInfo.InvariantCulture), shard => shard.Users);
            Sender.Tell(new ShardRegionStats(System.Collections.Immutable.ImmutableDictionary.CreateRange(stats), []));
        }
    }

    private sealed class Found<T>(IActorRef actor) : IRequiredActor<T>
    {
        public IActorRef ActorRef => actor;

        public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
    }
}
