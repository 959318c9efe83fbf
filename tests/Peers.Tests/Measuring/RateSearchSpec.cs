using AkkaSockets.Peers.Measuring;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AkkaSockets.Peers.Tests.Measuring;

public sealed class RateSearchSpec
{
    [Property]
    public Property It_comes_close_to_the_limit_from_below() => Prop.ForAll(Gen.Choose(100, 60_000).ToArbitrary(), limit =>
    {
        var found = new RateSearch(1_000, 64_000, 4).FindAsync(rate => Task.FromResult(rate <= limit)).Result;
        return found is { } rate && rate <= limit && rate >= limit / 1.0625 - 1;
    });

    [Fact]
    public async Task None_that_holds_is_null() => Assert.Null(await new RateSearch(1_000, 64_000, 4).FindAsync(_ => Task.FromResult(false)));

    [Fact]
    public async Task None_above_the_most_is_tried()
    {
        var tried = new List<double>();
        var found = await new RateSearch(100, 400, 3).FindAsync(rate =>
        {
            tried.Add(rate);
            return Task.FromResult(true);
        });
        Assert.Equal(400, found);
        Assert.Equal([100, 200, 400], tried);
    }

    [Fact]
    public async Task One_bad_moment_does_not_end_it()
    {
        var tries = 0;
        var found = await new RateSearch(100, 400, 3).FindAsync(_ => Task.FromResult(++tries % 2 == 0));
        Assert.Equal(400, found);
    }
}
