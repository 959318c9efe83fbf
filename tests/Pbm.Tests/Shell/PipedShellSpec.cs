using AkkaSockets.Pbm.Tests.Fakes;

namespace AkkaSockets.Pbm.Tests.Shell;

public sealed class PipedShellSpec : IAsyncLifetime
{
    private FakeMember _member = null!;

    public async Task InitializeAsync() => _member = await FakeMember.StartAsync();

    public async Task DisposeAsync() => await _member.DisposeAsync();

    [Fact]
    public async Task Each_line_is_a_command()
    {
        var run = await ShellAsync("test echo -u alice\n\n# a comment\ntest echo -u \"bob and carol\"\nexit\ntest echo -u dave\n");

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Equal(["user=alice", "user=bob and carol"], _member.Palette.Given.Select(text => text[..text.IndexOf(" name=", StringComparison.Ordinal)]));
        Assert.DoesNotContain("pbm>", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test fail\n", ExitStatus.Failed)]
    [InlineData("test nonsense\n", ExitStatus.Misused)]
    [InlineData("test fail\ntest echo -u alice\n", ExitStatus.Done)]
    [InlineData("", ExitStatus.Done)]
    internal async Task It_ends_with_what_the_last_command_did(string input, ExitStatus status) => Assert.Equal(status, (await ShellAsync(input)).Status);

    [Fact]
    public async Task A_command_may_answer_in_json() => Assert.Equal("a thing", (await ShellAsync("test props --json")).Json.GetProperty("name").GetString());

    [Fact]
    public async Task Help_is_a_word_too() => Assert.Contains("--wait", (await ShellAsync("help test echo")).Out, StringComparison.Ordinal);

    private Task<PbmRun> ShellAsync(string input) => PbmRun.OfAsync([_member.Address], input);
}
