using AkkaSockets.Node.Membership;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Membership;

public sealed class MajoritySpec
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Nobody_is_heard_before_it_is_told() => Assert.False(new Majority(_time).IsHeard);

    [Fact]
    public void What_was_heard_ends_by_itself_so_that_a_frozen_node_sees_it_before_any_timer_tells()
    {
        var majority = new Majority(_time);
        majority.HearUntil(majority.Elapsed + TimeSpan.FromSeconds(5));
        Assert.True(majority.IsHeard);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.True(majority.IsHeard);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(majority.IsHeard);
    }

    [Fact]
    public void A_cluster_by_itself_is_heard_for_ever()
    {
        var majority = new Majority(_time);
        majority.HearUntil(TimeSpan.MaxValue);
        _time.Advance(TimeSpan.FromDays(365));
        Assert.True(majority.IsHeard);
        Assert.True(Majority.Always.IsHeard);
    }
}
