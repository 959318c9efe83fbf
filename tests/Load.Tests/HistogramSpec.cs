namespace AkkaSockets.Load.Tests;

public sealed class HistogramSpec
{
    [Fact]
    public void Nothing_has_no_percentiles()
    {
        var empty = new Histogram();
        Assert.Equal((0, 0, 0), (empty.Count, empty.Percentile(0.5), empty.Max));
    }

    [Fact]
    public void A_percentile_is_within_5_percent_of_the_value_it_stands_for()
    {
        var histogram = new Histogram();
        for (var ms = 1; ms <= 1000; ms++) histogram.Add(ms);

        Assert.Equal(1000, histogram.Count);
        foreach (var part in (double[])[0.01, 0.5, 0.95, 0.99, 1]) Assert.InRange(histogram.Percentile(part), part * 1000, part * 1000 * 1.05);
    }

    [Fact]
    public void No_percentile_is_above_the_largest_value()
    {
        var histogram = new Histogram();
        histogram.Add(42);
        Assert.Equal((42, 42), (histogram.Percentile(0.5), histogram.Max));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    public void Values_outside_of_the_buckets_are_kept_at_their_ends(double ms)
    {
        var histogram = new Histogram();
        histogram.Add(ms);
        Assert.Equal((1, ms), (histogram.Count, histogram.Max));
    }
}
