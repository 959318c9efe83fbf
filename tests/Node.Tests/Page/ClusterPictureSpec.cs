using AkkaSockets.Messages.Admin;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Node.Page;
using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Tests.Page;

public sealed class ClusterPictureSpec
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(3);
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000);

    private readonly ClusterPicture _picture = new(shards: 4, SilentAfter);

    [Fact]
    public void Until_a_shard_is_asked_for_it_is_where_the_placement_has_it()
    {
        var state = Draw(Start, Table("a", "a", "b", null), "a", "b");

        Assert.Equal([("a", 2, 2), ("b", 1, 1)], state.Members.Select(member => (member.Node, member.Shards, member.Planned)));
        Assert.Equal(1, state.Unplaced);
        Assert.Empty(state.Pending);
    }

    [Fact]
    public void What_runs_elsewhere_than_the_placement_says_has_yet_to_move()
    {
        _picture.Take(new ShardNews("a", IsFirst: true, [Here(0), Here(1), Here(2)]));
        var state = Draw(Start, Table("a", "b", "b", "b"), "a", "b");

        Assert.Equal(new PendingMoves("a", "b", 2), Assert.Single(state.Pending));
        Assert.Equal([true, false], state.Members.Select(member => member.Followed));
        Assert.Equal([("a", 3, 1), ("b", 1, 3)], state.Members.Select(member => (member.Node, member.Shards, member.Planned)));
    }

    [Fact]
    public void A_shard_that_stopped_here_and_started_there_has_moved()
    {
        _picture.Take(new ShardNews("a", IsFirst: true, [Here(1, users: 5)]));
        Assert.Empty(_picture.Take(new ShardNews("a", IsFirst: false, [Gone(1, users: 5)])));
        var move = Assert.Single(_picture.Take(new ShardNews("b", IsFirst: false, [Here(1, at: 250)])));

        Assert.Equal(("moved", "a", "b", 5, 250L), (move.What, move.From, move.To, move.Users, move.Milliseconds));
        Assert.Equal([move], _picture.RecentMoves);
        Assert.Equal([("a", 3), ("b", 1)], Draw(Start, Table("a", "b", "a", "a"), "a", "b").Members.Select(member => (member.Node, member.Shards)));
    }

    [Fact]
    public void A_member_that_is_gone_has_no_shards()
    {
        _picture.Take(new ShardNews("b", IsFirst: true, [Here(0), Here(1)]));
        Draw(Start, Table("b", "b", "a", "a"), "a", "b");
        var state = Draw(Start, Table("a", "a", "a", "a"), "a");

        Assert.Equal(("a", 4), (Assert.Single(state.Members).Node, state.Members[0].Shards));
        Assert.Empty(state.Pending);
    }

    [Fact]
    public void News_of_shards_that_there_are_not_changes_nothing()
    {
        _picture.Take(new ShardNews("b", IsFirst: true, [Here(4), Here(-1)]));

        Assert.Equal([4, 0], Draw(Start, Table("a", "a", "a", "a"), "a", "b").Members.Select(member => member.Shards));
    }

    [Fact]
    public void Rates_are_what_totals_grew_by_over_some_seconds()
    {
        for (var second = 0; second <= 20; second++) _picture.Take("a", Status(activity: new(second * 10, 0, second * 30, 0, 0, 0, 0, null)), Start.AddSeconds(second));
        var rates = Draw(Start.AddSeconds(20), null, "a").Members[0].Rates!;

        Assert.Equal((10, 0, 30), (rates.Accepted, rates.Unavailable, rates.Deliveries));
    }

    [Fact]
    public void A_member_that_started_again_counts_from_nothing()
    {
        _picture.Take("a", Status(startedAt: 1, activity: new(1_000_000, 0, 0, 0, 0, 0, 0, null)), Start);
        _picture.Take("a", Status(startedAt: 2, activity: new(5, 0, 0, 0, 0, 0, 0, null)), Start.AddSeconds(1));
        Assert.Null(Draw(Start.AddSeconds(1), null, "a").Members[0].Rates);

        _picture.Take("a", Status(startedAt: 2, activity: new(7, 0, 0, 0, 0, 0, 0, null)), Start.AddSeconds(2));
        Assert.Equal(2, Draw(Start.AddSeconds(2), null, "a").Members[0].Rates!.Accepted);
    }

    [Fact]
    public void Who_does_not_answer_is_silent_from_when_it_was_last_heard_and_keeps_its_figures()
    {
        Draw(Start, null, "a", "b");
        _picture.Take("a", Status(users: 3), Start.AddSeconds(9));
        var state = Draw(Start.AddSeconds(10), null, "a", "b");

        Assert.Equal([null, 10_000], state.Members.Select(member => member.SilentMs));
        Assert.Equal((3, null), (state.Members[0].Users, state.Members[1].Users));
        Assert.Equal(6_000, Draw(Start.AddSeconds(15), null, "a", "b").Members[0].SilentMs);
    }

    [Fact]
    public void Clients_that_were_told_to_come_back_are_remembered_newest_first_and_only_so_many()
    {
        UserId.TryParse("<b>bob</b>", out var user);
        DeviceId.TryParse("phone", out var device);
        var told = Enumerable.Range(0, 100).Select(i => new SocketEvent(i, i % 2 == 0 ? SocketEventKind.ReconnectSent : SocketEventKind.Opened, default, user, device, "", 0, "drain")).ToList();

        Assert.Equal(50, _picture.Take(new SocketNews("a", told, 0)).Count);
        Assert.Equal(40, _picture.RecentReconnects.Count);
        Assert.Equal(new PageReconnect(98, "a", "<b>bob</b>", "phone", "drain"), _picture.RecentReconnects[0]);
    }

    [Fact]
    public void Whoever_says_that_a_member_drains_is_believed()
    {
        _picture.Take("a", Status(isDraining: true, activity: new(0, 0, 0, 0, 0, 0, 0, 5)), Start);
        var state = _picture.Draw("a", [Seen("a"), Seen("b") with { IsDraining = true }, Seen("c")], null, new MovesPaused(Start, "c"), Start);

        Assert.Equal([true, true, false], state.Members.Select(member => member.Draining));
        Assert.Equal(5, state.Members[0].DrainEndsAt);
        Assert.Equal(new PausedState(Start.ToUnixTimeMilliseconds(), "c"), state.Paused);
    }

    private PageState Draw(DateTimeOffset now, PublishedPlacement? placement, params string[] members) => _picture.Draw("a", [.. members.Select(Seen)], placement, null, now);

    private static SeenMember Seen(string node) => new(node, $"akka.tcp://x@{node}", "Up", IsReachable: true, CarriesUsers: true, IsSelf: node == "a", IsDraining: false);

    private static PublishedPlacement Table(params string?[] nodes) => new(1, new ShardTable([.. nodes]));

    private static ShardEvent Here(int shard, int users = 0, long at = 0) => new(at, shard, IsHere: true, users);

    private static ShardEvent Gone(int shard, int users = 0) => new(0, shard, IsHere: false, users);

    private static MemberStatus Status(long startedAt = 1, int? users = null, bool isDraining = false, MemberActivity? activity = null) =>
        new("a", "1", startedAt, "ready", isDraining, 0, users, 0, 0, "information") { Activity = activity };
}
