using AkkaSockets.Simulate.Movement;

namespace AkkaSockets.Simulate.Tests;

public sealed class MovementStudySpec
{
    [Theory]
    [InlineData(Change.OneJoins, 3)]
    [InlineData(Change.OneJoins, 50)]
    [InlineData(Change.HalfJoins, 12)]
    [InlineData(Change.HalfJoins, 50)]
    [InlineData(Change.RollingDeploy, 3)]
    [InlineData(Change.RollingDeploy, 12)]
    [InlineData(Change.OneDies, 3)]
    [InlineData(Change.OneDies, 50)]
    [InlineData(Change.ZoneDies, 12)]
    [InlineData(Change.ZoneDies, 50)]
    public void The_servers_own_moves_as_few_as_can_be_and_none_between_bystanders(Change change, int nodes)
    {
        var results = MovementStudy.Run(1_000, nodes, change).ToArray();

        var own = results[0];
        Assert.Equal("AkkaSockets", own.Scheme);
        Assert.Equal(0, own.BystanderShare);
        // One shard for each membership may be a rounding's.
        Assert.InRange(own.MovedShare, 0, own.LeastShare + (change.Memberships(nodes).Count() * nodes / 1_000.0));
        Assert.InRange(own.Imbalance, 1, 1 + (nodes * 1.5 / 1_000));
    }

    [Theory]
    [InlineData(Change.OneJoins, 11)]
    [InlineData(Change.RollingDeploy, 3)]
    public void The_schemes_of_the_field_are_what_they_are_known_for(Change change, int nodes)
    {
        var results = MovementStudy.Run(10_000, nodes, change).ToDictionary(result => result.Scheme);

        Assert.True(results["modulo"].MovedShare > 5 * results["rendezvous"].MovedShare * (change == Change.OneJoins ? 1 : 0.1));
        Assert.Equal(0, results["rendezvous"].BystanderShare);
        Assert.Equal(0, results["ring, 100 points"].BystanderShare);
        Assert.True(results["Maglev"].BystanderShare > 0);
        Assert.True(results["Maglev"].Imbalance < 1.01);
    }
}
