using AkkaSockets.Admin.Palettes;

namespace AkkaSockets.Node.Tests.Admin;

public sealed class DurationsSpec
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    public void A_number_and_a_unit_are_one(string text, int ms)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(ms, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1.5s")]
    [InlineData("5 s")]
    [InlineData("5S")]
    [InlineData("5d")]
    [InlineData("99999999999999999999s")]
    [InlineData("2147483647m")]
    public void Nothing_else_is(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("0s")]
    [InlineData("1ms")]
    [InlineData("25s")]
    [InlineData("90s")]
    [InlineData("2m")]
    public void What_is_written_is_read(string text)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(text, Durations.Format(duration));
    }
}
