namespace AkkaSockets.Load.Tests;

public sealed class LoadCommandSpec
{
    [Theory]
    [InlineData("--users", "0")]
    [InlineData("--api-share", "1.5")]
    [InlineData("--rate", "-1")]
    [InlineData("--users", "many")]
    [InlineData("--seconds", "1e9")]
    [InlineData("--url", "http://127.0.0.1:8080/ws")]
    [InlineData("--url", "nowhere")]
    [InlineData("--url", "wss://one/ws", "wss://two/ws")]
    [InlineData("--url", "ws://one/ws", "ws://two/other")]
    [InlineData("--api", "ws://127.0.0.1:8081")]
    [InlineData("--source-addresses", "somewhere")]
    public void A_value_out_of_range_is_one_error_that_names_its_option(params string[] arguments)
    {
        var error = Assert.Single(LoadCommand.Create().Parse(arguments).Errors);
        Assert.Contains(arguments[0], error.Message);
    }

    [Theory]
    [InlineData]
    [InlineData("--url", "ws://one:1/ws", "ws://two:2/ws")]
    [InlineData("--short")]
    [InlineData("--url", "wss://one/ws", "--source-addresses", "127.0.0.2", "127.0.0.3", "--json", "--rate", "0")]
    public void What_the_help_says_is_taken(params string[] arguments) => Assert.Empty(LoadCommand.Create().Parse(arguments).Errors);
}
