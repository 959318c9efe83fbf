using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Tests.Ids;

public sealed class MessageIdSpec
{
    public static TheoryData<string> Good { get; } =
    [
        .. Names.Good, " ", "a b", "\n", "\0", new string('x', 128), string.Concat(Enumerable.Repeat("😀", 64)),
    ];

    public static TheoryData<string?> Bad { get; } = [null, "", new string('x', 129)];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_text_of_1_to_128_characters_is_taken_as_it_is(string text)
    {
        Assert.True(MessageId.TryParse(text, out var id));
        Assert.Equal(text, id.Value);
        Assert.False(id.IsNone);
        Assert.Equal(id, MessageId.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_breaks_the_rule_is_no_id(string? text)
    {
        Assert.False(MessageId.TryParse(text, out var id));
        Assert.True(id.IsNone);
        Assert.Throws<FormatException>(() => MessageId.Parse(text!));
    }

    [Fact]
    public void A_text_that_is_not_Unicode_is_no_id() => Assert.All(Names.Broken, text => Assert.False(MessageId.TryParse(text, out _)));

    [Fact]
    public void New_ones_differ_and_are_valid()
    {
        var made = Enumerable.Range(0, 1_000).Select(_ => MessageId.New()).ToList();
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.All(made, id => Assert.Equal(id, MessageId.Parse(id.Value)));
    }

    [Fact]
    public void The_default_is_none()
    {
        Assert.True(default(MessageId).IsNone);
        Assert.Equal("", default(MessageId).Value);
    }
}
