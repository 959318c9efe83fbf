using AkkaSockets.Simulate.Timeline;

namespace AkkaSockets.Simulate.Tests;

public sealed class BalancerSpec
{
    [Theory]
    [InlineData(0, 10, 20, 30)]
    [InlineData(10, 20, 20, 30)]
    [InlineData(15, 22.5, 22.5, 30)]
    [InlineData(60, 40, 40, 40)]
    public void The_emptiest_are_filled_first(double clients, double first, double second, double third)
    {
        var members = Members((30, 1000), (10, 1000), (20, 1000));

        Assert.Equal(0, Balancer.Admit(members, clients), 6);

        Assert.Equal([third, first, second], members.Select(member => Math.Round(member.Sockets, 6)));
    }

    [Fact]
    public void What_a_node_may_not_accept_is_refused_though_others_could()
    {
        var members = Members((0, 5), (100, 1000));

        Assert.Equal(35, Balancer.Admit(members, 40), 6);

        Assert.Equal([5, 100], members.Select(member => member.Sockets));
        Assert.Equal([5, 0], members.Select(member => member.Accepted));
    }

    [Fact]
    public void Nobody_takes_clients_while_all_drain()
    {
        var members = Members((10, 1000));
        members[0].IsOpen = false;

        Assert.Equal(7, Balancer.Admit(members, 7));
    }

    private static Member[] Members(params (double Sockets, double Tokens)[] members) =>
        [.. members.Select((member, place) => new Member($"node-{place}") { Sockets = member.Sockets, Tokens = member.Tokens })];
}
