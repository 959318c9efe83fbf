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

    [Fact]
    public void A_deploy_slower_than_the_time_moves_each_share_back_by_itself_and_is_even_all_the_same()
    {
        var deploy = new RollingDeploy(5, Users, TimeSpan.FromSeconds(10));
        deploy.Run(Absent, Between);

        Assert.InRange(deploy.Rebalances.Average(), 0.5, 1.2);
        Assert.InRange(deploy.Loads.Max() - deploy.Loads.Min(), 0, 1);
    }

    private void Write(int nodes, string which, RollingDeploy deploy) => output.WriteLine(
        $"{nodes} nodes, {which}: drain {deploy.Drains.Average():f2}, rebalance {deploy.Rebalances.Average():f2}, mean {deploy.All.Average():f2}, max {deploy.All.Max()}, load {deploy.WorstLoad:f2}");
}
