using AkkaSockets.Pbm.Output;

namespace AkkaSockets.Pbm.Tests.Output;

public sealed class SafeTextSpec
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Zoë 漢 😀", "Zoë 漢 😀")]
    [InlineData("\u001b]0;title\u0007", "\uFFFD]0;title\uFFFD")]
    [InlineData("a\r\nb", "a\uFFFD\uFFFDb")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    [InlineData("abc\u202Ecba", "abc\uFFFDcba")]
    public void It_can_not_steer_a_terminal(string text, string safe) => Assert.Equal(safe, SafeText.Of(text));
}
