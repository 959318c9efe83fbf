using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class ReconnectPacerSpec
{
    private readonly FakeTimeProvider _time = new();

    private ReconnectPacer New(int perSecond) => new(new ReconnectOptions { PerSecond = perSecond }, new LimitsOptions(), _time);

    [Fact]
    public void Frames_go_one_after_the_other_at_the_pace()
    {
        var pacer = New(10);
        Assert.Equal([0, 100, 200, 300], Enumerable.Range(0, 4).Select(_ => pacer.Reserve().TotalMilliseconds));
    }

    [Fact]
    public void Time_that_nobody_used_is_not_saved_up()
    {
        var pacer = New(10);
        pacer.Reserve();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([0, 100], Enumerable.Range(0, 2).Select(_ => pacer.Reserve().TotalMilliseconds));
    }

    [Fact]
    public void In_a_hurry_all_have_gone_within_the_window()
    {
        var pacer = New(10);
        for (var i = 0; i < 100; i++) pacer.Reserve();
        pacer.Hurry(1000, TimeSpan.FromSeconds(2));
        Assert.All(Enumerable.Range(0, 1000).Select(_ => pacer.Reserve()), wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void The_pace_follows_how_many_nodes_there_are_but_not_below_what_a_drain_needs()
    {
        var pacer = New(1000);
        pacer.SetOthers(4);
        Assert.Equal([0, 8, 16], Enumerable.Range(0, 3).Select(_ => pacer.Reserve().TotalMilliseconds));
        pacer.Hurry(1000, TimeSpan.FromSeconds(2));
        pacer.SetOthers(50);
        Assert.Equal([0, 2, 4], Enumerable.Range(0, 3).Select(_ => pacer.Reserve().TotalMilliseconds));
    }

    [Theory]
    [InlineData(200, 1000, 1, 200)]
    [InlineData(200, 100, 1, 50)]
    [InlineData(200, 1000, 5, 100)]
    [InlineData(200, 1000, 0, 200)]
    public void The_pace_is_what_the_other_nodes_can_take(int perSecond, int accepts, int others, double pace) =>
        Assert.Equal(pace, ReconnectPacer.Pace(new ReconnectOptions { PerSecond = perSecond }, new LimitsOptions { AcceptPerSecond = accepts }, others));
}
