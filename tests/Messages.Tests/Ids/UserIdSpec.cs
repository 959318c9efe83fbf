using AkkaSockets.Messages.Ids;

namespace AkkaSockets.Messages.Tests.Ids;

public sealed class UserIdSpec
{
    public static TheoryData<string> Good { get; } = [.. Names.Good, new string('x', 128), string.Concat(Enumerable.Repeat("😀", 64))];

    public static TheoryData<string?> Bad { get; } = [.. Names.Bad, new string('x', 129), string.Concat(Enumerable.Repeat("😀", 64)) + "x"];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_name_is_taken_as_it_is(string text)
    {
        Assert.True(UserId.TryParse(text, out var id));
        Assert.Equal(text, id.Value);
        Assert.Equal(text, id.ToString());
        Assert.Equal(id, UserId.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_breaks_the_rule_is_no_user(string? text)
    {
        Assert.False(UserId.TryParse(text, out var id));
        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => UserId.Parse(text!));
    }

    [Fact]
    public void A_text_that_is_not_Unicode_is_no_user() => Assert.All(Names.Broken, text => Assert.False(UserId.TryParse(text, out _)));

    [Fact]
    public void Letters_of_another_case_or_form_are_another_user()
    {
        Assert.NotEqual(UserId.Parse("alice"), UserId.Parse("Alice"));
        Assert.NotEqual(UserId.Parse("é"), UserId.Parse("e\u0301"));
    }

    [Fact]
    public void The_default_has_no_text() => Assert.Equal("", default(UserId).Value);
}
