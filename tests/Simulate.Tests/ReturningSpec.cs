using AkkaSockets.Simulate.Timeline;

namespace AkkaSockets.Simulate.Tests;

public sealed class ReturningSpec
{
    private readonly Returning _clients = new(TimeSpan.FromMilliseconds(200));

    [Fact]
    public void All_come_back_within_their_window_evenly()
    {
        _clients.Add(100, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        var knocking = Enumerable.Range(0, 12).Select(_ => _clients.Next().Sum()).ToArray();

        Assert.Equal(10, knocking.Count(count => Math.Abs(count - 10) < 1e-9));
        Assert.Equal(100, knocking.Sum(), 6);
        Assert.Equal(0, _clients.Count, 6);
    }

    [Fact]
    public void Who_is_refused_waits_for_a_second_and_longer_each_time()
    {
        _clients.Refused(1, 0);
        _clients.Refused(1, 3);

        var steps = Enumerable.Range(1, 60).Select(step => (Step: step, Knocking: _clients.Next())).ToArray();

        Assert.Equal((6, 10), Range(attempt: 1));
        Assert.Equal((6, 45), Range(attempt: 4));
        (int First, int Last) Range(int attempt)
        {
            var at = steps.Where(step => step.Knocking[attempt] > 0).Select(step => step.Step).ToArray();
            return (at[0], at[^1]);
        }
    }
}
