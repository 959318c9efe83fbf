using AkkaSockets.Node.Placement;

namespace AkkaSockets.Node.Tests.Placement;

public sealed class MemberRolesSpec
{
    private static readonly IReadOnlyList<string> Node = MemberRoles.OfNode(256, "redis");

    [Fact]
    public void Nodes_of_one_cluster_agree() => Assert.Null(MemberRoles.Disagreement(Node, [.. MemberRoles.OfNode(256, "redis"), MemberRoles.OfName("b")]));

    [Fact]
    public void Another_number_of_shards_is_named_with_what_it_must_be() => Assert.Equal(
        "Sharding:Shards is '128': it must be '256', as on the nodes that are in this cluster.", MemberRoles.Disagreement(MemberRoles.OfNode(128, "redis"), Node));

    [Fact]
    public void Another_store_is_named_with_what_it_must_be() => Assert.Equal(
        "Persistence:Provider is 'embedded': it must be 'redis', as on the nodes that are in this cluster.", MemberRoles.Disagreement(MemberRoles.OfNode(256, "embedded"), Node));

    [Fact]
    public void Lighthouse_counts_nothing_and_stores_nothing()
    {
        string[] lighthouse = [MemberRoles.Lighthouse, MemberRoles.OfName("l")];
        Assert.Null(MemberRoles.Disagreement(lighthouse, Node));
        Assert.Null(MemberRoles.Disagreement(Node, lighthouse));
    }
}
