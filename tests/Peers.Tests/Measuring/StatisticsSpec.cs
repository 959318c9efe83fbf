using AkkaSockets.Peers.Measuring;

namespace AkkaSockets.Peers.Tests.Measuring;

public sealed class StatisticsSpec
{
    [Theory]
    [InlineData("3 1 2", 2)]
    [InlineData("4 1 2 3", 2.5)]
    [InlineData("7", 7)]
    [InlineData("", double.NaN)]
    public void The_median_is_the_middle(string values, double median) => Assert.Equal(median, Statistics.Median(values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)));

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    [InlineData(0.001, 1)]
    public void A_percentile_is_a_value_that_occurred(double part, double value) => Assert.Equal(value, Statistics.Percentile(Enumerable.Range(1, 100).Reverse().Select(i => (double)i), part));

    [Fact]
    public void Of_nothing_there_is_none() => Assert.Equal(double.NaN, Statistics.Percentile([], 0.5));
}
