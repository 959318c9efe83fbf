using AkkaSockets.Messages.Frames;

namespace AkkaSockets.Messages.Tests.Frames;

public sealed class ErrorCodeSpec
{
    [Fact]
    public void Each_code_has_its_own_text()
    {
        var texts = Enum.GetValues<ErrorCode>().Select(code => code.Text()).ToList();
        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.All(texts, text => Assert.Matches("^[a-z]+(-[a-z]+)*$", text));
    }

    [Fact]
    public void Only_what_passes_can_be_repeated() =>
        Assert.Equal([ErrorCode.RateLimited, ErrorCode.Unavailable], Enum.GetValues<ErrorCode>().Where(code => code.CanRetry()));

    [Fact]
    public void There_are_no_others() => Assert.Throws<ArgumentOutOfRangeException>(() => ((ErrorCode)99).Text());
}
