using AkkaSockets.Simulate.Timeline;

namespace AkkaSockets.Simulate.Tests;

public sealed class TimelinesSpec
{
    private static readonly TimelineOptions Options = new() { Nodes = 6, Shards = 120, Sockets = 60_000 };

    [Fact]
    public void A_join_disturbs_the_share_that_moves_and_no_node_accepts_more_than_half_its_limit()
    {
        var result = Timelines.Run(Options, Change.OneJoins, Policy.Migrated);

        Assert.InRange(result.ShardsMoved, 17, 18);
        Assert.InRange(result.DisturbancesPerUser, 0.13, 1.0 / 7);
        Assert.Equal(0, result.Cut);
        Assert.InRange(result.PeakOfOneNode, 1, (Options.Limits.AcceptPerSecond / 2) + 1);
        Assert.Equal(0, result.Refused);
        Assert.NotNull(result.SettledAfter);
    }

    [Fact]
    public void A_rolling_deploy_tells_all_of_each_node_within_its_deadline()
    {
        var result = Timelines.Run(Options, Change.RollingDeploy, Policy.Migrated);

        Assert.Equal(0, result.Cut);
        Assert.InRange(result.DisturbancesPerUser, 1, 3);
        Assert.NotNull(result.SettledAfter);
    }

    [Fact]
    public void A_rolling_deploy_by_app_version_moves_as_much_and_tells_as_many()
    {
        var held = Timelines.Run(Options, Change.RollingDeploy, Policy.Migrated);
        var byVersion = Timelines.Run(Options, Change.RollingDeploy, Policy.MigratedByVersion);

        Assert.Equal(held.ShardsMoved, byVersion.ShardsMoved);
        Assert.Equal(held.DisturbancesPerUser, byVersion.DisturbancesPerUser, 0.02);
    }

    [Fact]
    public void A_dead_nodes_clients_come_back_without_a_frame()
    {
        var result = Timelines.Run(Options, Change.OneDies, Policy.Migrated);

        Assert.Equal(0, result.Told);
        Assert.Equal(10_000, result.Cut, 6);
        Assert.Equal(20, result.ShardsMoved);
        Assert.InRange(result.PlacedAfter, 10, 15);
    }

    [Fact]
    public void Dropping_everybody_is_a_herd_that_meets_refusals()
    {
        var result = Timelines.Run(Options, Change.OneJoins, Policy.Everybody);

        Assert.InRange(result.DisturbancesPerUser, 1, 1.2);
        Assert.True(result.Refused > 0);
        Assert.True(result.PeakAway > 0.5 * Options.Sockets);
    }

    [Theory]
    [InlineData(Change.HalfJoins)]
    [InlineData(Change.ZoneDies)]
    public void The_same_arguments_give_the_same_figures(Change change)
    {
        var (one, two) = (Timelines.Run(Options, change, Policy.Migrated), Timelines.Run(Options, change, Policy.Migrated));

        Assert.Equal(one.Moments, two.Moments);
    }
}
