using AkkaSockets.Admin.Protocol;
using AkkaSockets.Pbm.CommandLine;
using AkkaSockets.Pbm.Shell;

namespace AkkaSockets.Pbm.Tests.Shell;

public sealed class CompletionSpec
{
    private readonly CommandTree _tree = new(new MemberDescription
    {
        Palettes =
        {
            new PaletteDescription { Name = "cluster", Commands = { new CommandDescription { Name = "show" }, new CommandDescription { Name = "down" }, new CommandDescription { Name = "down-unreachable" } } },
            new PaletteDescription
            {
                Name = "log",
                Commands = { new CommandDescription { Name = "level", Switches = { new SwitchDescription { Name = "level", ShortName = "l", Allowed = { "debug", "warning" } } } } },
            },
        },
    });

    [Theory]
    [InlineData("", "", "cluster", "log")]
    [InlineData("cl", "cluster", "cluster")]
    [InlineData("cluster ", "", "down", "down-unreachable", "show")]
    [InlineData("cluster d", "down", "down", "down-unreachable")]
    [InlineData("log level --l", "--level", "--level")]
    [InlineData("log level --level ", "", "debug", "warning")]
    [InlineData("log level -l w", "warning", "warning")]
    [InlineData("nonsense x", "")]
    public void A_word_becomes_what_the_member_knows(string typed, string common, params string[] candidates)
    {
        var completion = Completion.Of(_tree, typed);

        Assert.Equal(candidates, completion.Candidates);
        Assert.Equal(common, completion.Common);
        Assert.Equal(typed.Length - (typed.LastIndexOf(' ') + 1), completion.Length);
    }
}
