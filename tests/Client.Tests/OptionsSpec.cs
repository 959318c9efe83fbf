namespace AkkaSockets.Client.Tests;

public class OptionsSpec
{
    private static readonly Uri Good = new("ws://h/ws");

    public static TheoryData<string, AkkaSocketsClientOptions> Bad => new()
    {
        { "Url", new() { Url = new Uri("http://h/ws") } },
        { "Url", new() { Url = new Uri("/ws", UriKind.Relative) } },
        { "Device", new() { Url = Good, Device = "" } },
        { "Device", new() { Url = Good, Device = new string('x', 65) } },
        { "DevelopmentUser", new() { Url = Good, DevelopmentUser = new string('x', 129) } },
        { "AcknowledgeCount", new() { Url = Good, AcknowledgeCount = 0 } },
        { "AcknowledgeInterval", new() { Url = Good, AcknowledgeInterval = TimeSpan.Zero } },
        { "IncomingCapacity", new() { Url = Good, IncomingCapacity = 0 } },
        { "OutgoingCapacity", new() { Url = Good, OutgoingCapacity = 0 } },
        { "MaxSendBytes", new() { Url = Good, MaxSendBytes = 0 } },
        { "BackoffBase", new() { Url = Good, BackoffBase = TimeSpan.FromMinutes(1) } },
        { "BackoffCap", new() { Url = Good, BackoffCap = TimeSpan.FromHours(2) } },
        { "ConnectTimeout", new() { Url = Good, ConnectTimeout = Timeout.InfiniteTimeSpan } },
        { "KeepAliveInterval", new() { Url = Good, KeepAliveInterval = TimeSpan.FromSeconds(-5) } },
        { "KeepAliveTimeout", new() { Url = Good, KeepAliveTimeout = TimeSpan.FromDays(1) } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Values_out_of_range_are_named(string name, object options)
    {
        var thrown = Assert.Throws<ArgumentException>(() => new AkkaSocketsClient((AkkaSocketsClientOptions)options));
        Assert.Equal(name, thrown.ParamName);
        Assert.Contains("allowed", thrown.Message);
    }

    [Fact]
    public async Task The_defaults_are_in_range()
    {
        await using var client = new AkkaSocketsClient(new AkkaSocketsClientOptions
        {
            Url = Good,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            KeepAliveTimeout = Timeout.InfiniteTimeSpan,
        });
        Assert.Equal(ClientState.New, client.State);
    }

    [Fact]
    public void Nothing_is_referenced_but_the_base_class_library() =>
        Assert.All(
            typeof(AkkaSocketsClient).Assembly.GetReferencedAssemblies(),
            assembly => Assert.StartsWith("System.", assembly.Name, StringComparison.Ordinal));
}
