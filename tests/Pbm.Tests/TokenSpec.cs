using AkkaSockets.Pbm.Tests.Fakes;

namespace AkkaSockets.Pbm.Tests;

public sealed class TokenSpec : IAsyncLifetime
{
    private FakeMember _member = null!;

    public async Task InitializeAsync() => _member = await FakeMember.StartAsync("a-token");

    public async Task DisposeAsync() => await _member.DisposeAsync();

    [Fact]
    public async Task The_token_lets_in() => Assert.Equal(ExitStatus.Done, (await _member.PbmAsync("test", "rows", "--token", "a-token")).Status);

    [Fact]
    public async Task The_environment_may_have_it() =>
        Assert.Equal(ExitStatus.Done, (await PbmRun.OfAsync([_member.Address, "test", "rows"], token: "a-token")).Status);

    [Fact]
    public async Task What_is_given_counts_before_the_environment() =>
        Assert.Equal(ExitStatus.Misused, (await PbmRun.OfAsync([_member.Address, "test", "rows", "--token", "another"], token: "a-token")).Status);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another")]
    [InlineData("a-toke")]
    [InlineData("a-token2")]
    [InlineData("ä")]
    public async Task Without_it_nothing_is_told_but_what_to_do(string? token)
    {
        var run = await PbmRun.OfAsync([_member.Address, "test", "rows"], token: token);

        Assert.Equal(ExitStatus.Misused, run.Status);
        Assert.Equal("", run.Out);
        Assert.Contains("token", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("rows", run.Error, StringComparison.Ordinal);
    }
}
