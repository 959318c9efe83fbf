using AkkaSockets.Node.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class AcceptGateSpec
{
    [Fact]
    public void A_second_takes_as_many_as_the_limit_says_and_no_more()
    {
        var time = new FakeTimeProvider();
        var gate = new AcceptGate(5, time);
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => gate.TryEnter()));
        time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(2, Enumerable.Range(0, 50).Count(_ => gate.TryEnter()));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => gate.TryEnter()));
    }
}
