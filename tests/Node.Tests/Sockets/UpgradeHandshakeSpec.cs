using AkkaSockets.Node.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AkkaSockets.Node.Tests.Sockets;

public sealed class UpgradeHandshakeSpec
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    private static DefaultHttpContext Request(Action<HttpRequest>? change = null)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpUpgradeFeature>(new Upgradable());
        http.Request.Method = "GET";
        http.Request.Headers.Connection = "keep-alive, Upgrade";
        http.Request.Headers.Upgrade = "WebSocket";
        http.Request.Headers.SecWebSocketKey = Key;
        http.Request.Headers.SecWebSocketVersion = "13";
        change?.Invoke(http.Request);
        return http;
    }

    /// <summary>RFC 6455 §1.3 gives this pair.</summary>
    [Fact]
    public void The_accept_value_is_that_of_the_RFC() => Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", UpgradeHandshake.AcceptOf(Key));

    [Fact]
    public void A_browsers_handshake_is_one() => Assert.True(UpgradeHandshake.IsHandshake(Request()));

    public static TheoryData<string, Action<HttpRequest>> Broken => new()
    {
        { "method", r => r.Method = "POST" },
        { "no connection", r => r.Headers.Connection = "keep-alive" },
        { "no upgrade", r => r.Headers.Upgrade = "h2c" },
        { "no key", r => r.Headers.Remove("Sec-WebSocket-Key") },
        { "short key", r => r.Headers.SecWebSocketKey = "YQ==" },
        { "no base64", r => r.Headers.SecWebSocketKey = "!!!!!!!!!!!!!!!!!!!!!!!!" },
        { "two keys", r => r.Headers.SecWebSocketKey = new[] { Key, Key } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Anything_else_is_none(string what, Action<HttpRequest> change) => Assert.False(UpgradeHandshake.IsHandshake(Request(change)), what);

    [Theory]
    [InlineData("13", true)]
    [InlineData("8", false)]
    [InlineData("", false)]
    public void Version_13_is_the_only_one(string version, bool known) =>
        Assert.Equal(known, UpgradeHandshake.HasKnownVersion(Request(r => r.Headers.SecWebSocketVersion = version)));

    [Fact]
    public void Subprotocols_are_read_in_their_order() =>
        Assert.Equal(["a", "b", "c"], UpgradeHandshake.Offered(Request(r => r.Headers.SecWebSocketProtocol = new[] { "a, b", "c" })));

    private sealed class Upgradable : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => throw new NotSupportedException();
    }
}
