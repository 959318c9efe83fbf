namespace AkkaSockets.Peers.Tests;

public sealed class PeersCommandSpec
{
    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "many")]
    [InlineData("--scenario", "nothing")]
    [InlineData("--contender", "nobody")]
    [InlineData("--set", "Cluster:Detection")]
    public void A_value_out_of_range_is_an_error_that_names_its_option_or_itself(params string[] arguments)
    {
        var error = PeersCommand.Create().Parse(arguments).Errors[0];
        Assert.True(error.Message.Contains(arguments[0], StringComparison.Ordinal) || error.Message.Contains(arguments[1], StringComparison.Ordinal), error.Message);
    }

    [Theory]
    [InlineData]
    [InlineData("--rounds", "1", "--short", "--json")]
    [InlineData("--set", "Cluster:Detection=quick", "--set", "Drain:DeadlineMs=5000")]
    [InlineData("--scenario", "idle", "unicast", "--contender", "akkasockets", "--contender", "floor")]
    public void What_the_help_says_is_taken(params string[] arguments) => Assert.Empty(PeersCommand.Create().Parse(arguments).Errors);
}
