using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Tests.Ids;

public sealed class DeviceIdSpec
{
    public static TheoryData<string> Good { get; } = [.. Names.Good, new string('x', 64), string.Concat(Enumerable.Repeat("😀", 32))];

    public static TheoryData<string?> Bad { get; } = [.. Names.Bad, new string('x', 65), string.Concat(Enumerable.Repeat("😀", 32)) + "x"];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_name_is_taken_as_it_is(string text)
    {
        Assert.True(DeviceId.TryParse(text, out var id));
        Assert.Equal(text, id.Value);
        Assert.Equal(text, id.ToString());
        Assert.Equal(id, DeviceId.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_breaks_the_rule_is_no_device(string? text)
    {
        Assert.False(DeviceId.TryParse(text, out var id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => DeviceId.Parse(text!));
    }

    [Fact]
    public void A_text_that_is_not_Unicode_is_no_device() => Assert.All(Names.Broken, text => Assert.False(DeviceId.TryParse(text, out _)));

    [Fact]
    public void A_name_that_the_server_makes_is_anonymous_valid_and_new_each_time()
    {
        var made = Enumerable.Range(0, 1_000).Select(_ => DeviceId.NewAnonymous()).ToList();
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made, id =>
        {
            Assert.True(id.IsAnonymous);
            Assert.Matches("^~[0-9a-f]{24}$", id.Value);
            Assert.Equal(id, DeviceId.Parse(id.Value));
        });
    }

    [Theory]
    [InlineData("~abc", true)] // what a client got in ready and brings again
    [InlineData("phone", false)]
    [InlineData("a~", false)]
    public void A_name_is_anonymous_by_its_first_letter(string text, bool anonymous) => Assert.Equal(anonymous, DeviceId.Parse(text).IsAnonymous);

    [Fact]
    public void The_default_has_no_text_and_is_not_anonymous()
    {
        Assert.Equal("", default(DeviceId).Value);
        Assert.False(default(DeviceId).IsAnonymous);
    }
}
