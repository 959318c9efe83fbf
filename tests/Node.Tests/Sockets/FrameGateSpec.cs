using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class FrameGateSpec
{
    private readonly FakeTimeProvider _time = new();
    private FrameGate _gate;

    public FrameGateSpec() => _gate = new FrameGate(perSecond: 10, burst: 20, _time.GetTimestamp());

    private FrameVerdict[] Send(int frames) => [.. Enumerable.Range(0, frames).Select(_ => _gate.Next(_time.GetTimestamp(), _time))];

    [Fact]
    public void A_burst_is_admitted_another_is_refused_and_the_third_is_abuse()
    {
        Assert.All(Send(20), verdict => Assert.Equal(FrameVerdict.Admitted, verdict));
        Assert.All(Send(20), verdict => Assert.Equal(FrameVerdict.Refused, verdict));
        Assert.All(Send(20), verdict => Assert.Equal(FrameVerdict.Abuse, verdict));
    }

    [Fact]
    public void The_rate_is_admitted_for_ever()
    {
        Send(20);
        for (var second = 0; second < 100; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.All(Send(10), verdict => Assert.Equal(FrameVerdict.Admitted, verdict));
        }
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void Up_to_twice_the_rate_is_refused_in_part_and_never_abuse(int perSecond, bool abuse)
    {
        var verdicts = new List<FrameVerdict>();
        for (var second = 0; second < 100; second++)
        {
            verdicts.AddRange(Send(perSecond));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Contains(FrameVerdict.Refused, verdicts);
        Assert.Equal(abuse, verdicts.Contains(FrameVerdict.Abuse));
    }
}
