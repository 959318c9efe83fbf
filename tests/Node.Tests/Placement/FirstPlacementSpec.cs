using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Tests.Placement;

public sealed class FirstPlacementSpec
{
    [Fact]
    public void One_node_waits_for_nobody() => Assert.True(new FirstPlacement(1).HasBegun);

    [Fact]
    public void It_waits_for_as_many_as_it_was_told_and_does_not_go_back()
    {
        var first = new FirstPlacement(3);
        first.SeeNodes(2);
        Assert.False(first.HasBegun);
        Assert.Equal(2, first.Nodes);
        first.SeeNodes(3);
        Assert.True(first.HasBegun);
        first.SeeNodes(1);
        Assert.True(first.HasBegun);
    }

    [Fact]
    public void Shards_that_are_there_prove_that_the_cluster_was_large_enough()
    {
        var first = new FirstPlacement(3);
        first.SeeShards();
        Assert.True(first.HasBegun);
    }
}
