using System.Diagnostics;
using AkkaSockets.Peers.Measuring;

namespace AkkaSockets.Peers.Tests.Measuring;

public sealed class WindowSpec
{
    [Fact]
    public void Each_message_must_come_as_often_as_there_are_sockets_for_it()
    {
        var window = new Window(first: 100, most: 3, copies: 2);
        for (var number = 100; number < 103; number++) window.Sending(number, Now);
        foreach (var number in (long[])[100, 100, 101, 102, 102, 102]) window.Arrived(Now, number);

        Assert.Equal((6, 6, 1, 1), (window.Expected, window.Received, window.Missing, window.Duplicated));
        Assert.False(window.IsComplete);
        window.Arrived(Now, 101);
        Assert.True(window.IsComplete);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    [InlineData(103)]
    public void What_was_not_sent_in_it_does_not_count(long stray)
    {
        var window = new Window(first: 100, most: 3);
        window.Sending(100, Now);
        window.Arrived(Now, stray);
        window.Acknowledged(stray);
        Assert.Equal((0, 1, 0), (window.Received, window.Missing, window.AcknowledgedCount));
    }

    [Fact]
    public void Lost_is_what_was_acknowledged_and_has_not_come()
    {
        var window = new Window(first: 0, most: 3);
        for (var number = 0; number < 3; number++) window.Sending(number, Now);
        window.Acknowledged(0);
        window.Acknowledged(0);
        window.Acknowledged(1);
        window.Arrived(Now, 0);
        Assert.Equal((2, 1), (window.AcknowledgedCount, window.Lost));
        Assert.Equal(2, window.Acknowledgement.Count);
    }

    private static long Now => Stopwatch.GetTimestamp();
}
