namespace AkkaSockets.Messages.Tests;

public sealed class JsonDataSpec
{
    [Fact]
    public void It_is_equal_where_the_bytes_are()
    {
        var (one, same, other) = (JsonData.FromString("[1]"), new JsonData("x[1]x"u8.ToArray().AsMemory(1, 3)), JsonData.FromString("[ 1]"));
        Assert.True(one == same && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode());
        Assert.True(one != other && !one.Equals((object)other));
        Assert.False(one.Equals("[1]"));
    }

    [Fact]
    public void The_default_is_empty() => Assert.Equal((0, default), (default(JsonData).Length, new JsonData(Array.Empty<byte>())));

    [Fact]
    public void A_text_is_kept_as_utf8() => Assert.Equal("\"é\""u8.ToArray(), JsonData.FromString("\"é\"").Utf8.ToArray());

    [Fact]
    public void Its_text_for_logs_tells_nothing_of_what_it_says() => Assert.Equal("8 bytes", JsonData.FromString("\"secret\"").ToString());
}
