using AkkaSockets.Client.Connections;

namespace AkkaSockets.Client.Tests.Connections;

public class ConnectUriSpec
{
    [Fact]
    public void Says_who_and_from_where() =>
        Assert.Equal(
            "ws://h:1/ws?user=a%2Bb&device=d%26&epoch=e%3D&seq=41",
            ConnectUri.Build(new Uri("ws://h:1/ws"), "a+b", "d&", new Position("e=", 41)).AbsoluteUri);

    [Fact]
    public void Keeps_the_query_of_the_address() =>
        Assert.Equal("ws://h/ws?x=1&device=d", ConnectUri.Build(new Uri("ws://h/ws?x=1#f"), null, "d", null).AbsoluteUri);

    [Fact]
    public void Says_nothing_when_there_is_nothing_to_say() =>
        Assert.Equal("ws://h/ws", ConnectUri.Build(new Uri("ws://h/ws"), null, null, null).AbsoluteUri);

    [Theory]
    [InlineData("ws://n/ws", "ws://h/ws", true)]
    [InlineData("wss://n/ws", "ws://h/ws", true)]
    [InlineData("wss://n/ws", "wss://h/ws", true)]
    [InlineData("ws://n/ws", "wss://h/ws", false)]
    [InlineData("http://n/ws", "ws://h/ws", false)]
    [InlineData("/ws", "ws://h/ws", false)]
    [InlineData("nonsense", "ws://h/ws", false)]
    [InlineData(null, "ws://h/ws", false)]
    public void Follows_an_address_unless_it_would_bare_the_token(string? named, string configured, bool follows) =>
        Assert.Equal(follows, ConnectUri.Direct(named, new Uri(configured)) is not null);
}
