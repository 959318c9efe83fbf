using Xunit.Abstractions;

namespace AkkaSockets.Node.Tests.Placement;

public sealed class RollingDeploySpec(ITestOutputHelper output)
{
    private const int Users = 2_000;
    private static readonly TimeSpan Absent = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Each once for its socket's node, and those whose second node was still to be restarted once more: that is what the plainest server does. On top, once, the
    /// share of the node that was restarted last.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void A_rolling_deploy_moves_shards_back_once_and_sends_nobody_away_more_than_three_times(int nodes)
    {
        var deploy = new RollingDeploy(nodes, Users, Hold);
        deploy.Run(Absent, Between);
        Write(nodes, "held back", deploy);

        Assert.Equal(1 + (1.0 / nodes), deploy.Drains.Average(), 0.02);
        Assert.InRange(deploy.Drains.Max(), 1, 2);
        Assert.InRange(deploy.Rebalances.Max(), 0, 1);
        Assert.InRange(deploy.Rebalances.Average(), 0, 1.2 / nodes);
        Assert.InRange(deploy.Loads.Max() - deploy.Loads.Min(), 0, 1);
        // Until the end it is as it was while one was away: the others carry its share, evenly.
        Assert.InRange(deploy.WorstLoad, 1, (Math.Ceiling(RollingDeploy.Shards / (nodes - 1.0)) / (RollingDeploy.Shards / (double)nodes)) + 0.001);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Without_holding_back_each_step_sends_its_share_away(int nodes)
    {
        var deploy = new RollingDeploy(nodes, Users, TimeSpan.Zero);
        deploy.Run(Absent, Between);
        Write(nodes, "at once", deploy);

        Assert.InRange(deploy.Rebalances.Average(), 0.5, 1.2);
    }

    /// <summary>Whatever places users, sockets are told as on the plainest server; what comes on top is who else is told.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    public void Held_back_or_by_app_version_users_are_sent_away_equally_often_and_at_once_more_often(int nodes)
    {
        var (plainest, held) = (Deployed(nodes, TimeSpan.Zero, PlacedBy.Nobody), Deployed(nodes, Hold));
        var (byVersion, atOnce) = (Deployed(nodes, TimeSpan.Zero, PlacedBy.Version), Deployed(nodes, TimeSpan.Zero));
        Write(nodes, "plainest", plainest);
        Write(nodes, "held back", held);
        Write(nodes, "by version", byVersion);
        Write(nodes, "at once", atOnce);

        Assert.Equal(plainest.All, held.Drains);
        Assert.Equal(plainest.All, byVersion.Drains);
        // The one that came back last has the most room, so the plan gives it what the next one gives up: it is new, and by version it would be the one with the fewest.
        Assert.Equal(held.All, byVersion.All);
        Assert.Equal(held.Moves, byVersion.Moves);
        Assert.True(held.All.Average() <= atOnce.All.Average());
        Assert.True(held.All.Max() <= atOnce.All.Max());
        Assert.True(held.Moves.Average() <= atOnce.Moves.Average());
        // What the share of the last node buys: without it, nobody has a socket there.
        Assert.Equal(0, plainest.Sockets[^1]);
        Assert.InRange(held.Sockets[^1], 0.8 * Users / nodes, 1.2 * Users / nodes);
    }

    [Fact]
    public void By_app_version_a_restart_without_another_version_sends_each_share_away() =>
        Assert.Equal(Deployed(5, TimeSpan.Zero).All, Deployed(5, TimeSpan.Zero, PlacedBy.OneVersion).All);

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Only_a_deploy_slower_than_the_time_sends_fewer_away_by_app_version(int nodes)
    {
        var slow = Hold + Between;
        var (held, byVersion) = (Deployed(nodes, Hold, PlacedBy.Plan, slow), Deployed(nodes, TimeSpan.Zero, PlacedBy.Version, slow));
        Write(nodes, "held back, slow", held);
        Write(nodes, "by version, slow", byVersion);

        Assert.InRange(byVersion.All.Average(), 1, 1 + (2.2 / nodes));
        Assert.True(byVersion.All.Average() < held.All.Average());
    }

    [Fact]
    public void A_deploy_slower_than_the_time_moves_each_share_back_by_itself_and_is_even_all_the_same()
    {
        var deploy = new RollingDeploy(5, Users, TimeSpan.FromSeconds(10));
        deploy.Run(Absent, Between);

        Assert.InRange(deploy.Rebalances.Average(), 0.5, 1.2);
        Assert.InRange(deploy.Loads.Max() - deploy.Loads.Min(), 0, 1);
    }

    private static RollingDeploy Deployed(int nodes, TimeSpan rollout, PlacedBy placedBy = PlacedBy.Plan, TimeSpan? between = null)
    {
        var deploy = new RollingDeploy(nodes, Users, rollout, placedBy);
        deploy.Run(Absent, between ?? Between);
        return deploy;
    }

    private void Write(int nodes, string which, RollingDeploy deploy) => output.WriteLine(
        $"{nodes} nodes, {which}: drain {deploy.Drains.Average():f2}, rebalance {deploy.Rebalances.Average():f2}, mean {deploy.All.Average():f2}, max {deploy.All.Max()}, moves {deploy.Moves.Average():f2}, max {deploy.Moves.Max()}, load {deploy.WorstLoad:f2}, sockets {string.Join(' ', deploy.Sockets)}");
}
