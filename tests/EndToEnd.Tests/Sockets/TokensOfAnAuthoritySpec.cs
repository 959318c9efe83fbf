using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using AkkaSockets.Node.Tests.Auth;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

public sealed class TokensOfAnAuthoritySpec(ITestOutputHelper log) : IAsyncLifetime
{
    private const string Audience = "push";

    private readonly IssuerKey _key = IssuerKey.Rsa("1");
    private TestIssuer _issuer = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _issuer.Publish(_key);
    }

    public async Task DisposeAsync() => await _issuer.DisposeAsync();

    [Fact]
    public async Task A_node_starts_and_stays_up_while_its_authority_is_down_and_clients_are_told_to_come_again()
    {
        _issuer.IsDown = true;
        await using var node = await StartAsync();
        var token = _key.Sign(_issuer.Claims("alice", Audience));

        foreach (var request in new[] { new Upgrade().WithToken(token).ToString(), $"GET /gateway?access_token={token} HTTP/1.1\r\nHost: localhost\r\n\r\n" })
        {
            var refused = await RawConnection.AskAsync(node.Clients, request);
            Assert.Equal((503, "token-unchecked"), (refused.Status, JsonDocument.Parse(refused.Body).RootElement.Text("code")));
            Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 1, 60);
        }
        var opening = await RawSocket.OpenAsync(node);
        await opening.SendAsync($$"""{"type":"open","token":"{{token}}"}""");
        Assert.Equal(1013, (await opening.ReadCloseAsync()).Code);

        _issuer.IsDown = false;
        await Eventually.TrueAsync(async () => (await RawConnection.AskAsync(node.Clients, new Upgrade().WithToken(token).ToString())).Status == 101, "the token is taken");
        Assert.Empty(node.Output.Faults);
    }

    [Fact]
    public async Task Good_tokens_are_taken_before_and_after_a_rotation_and_wrong_ones_are_refused()
    {
        await using var node = await StartAsync();
        await ReadyAsync(node, _key.Sign(_issuer.Claims("alice", Audience)));

        var next = IssuerKey.Ec("2");
        _issuer.Publish(next);
        await ReadyAsync(node, next.Sign(_issuer.Claims("bob", Audience)));
        // Behind an open whose key has to be asked for, a frame waits and is not lost.
        var third = _issuer.Publish(IssuerKey.Ec("3"));
        var socket = await RawSocket.OpenAsync(node);
        await socket.SendAsync($$"""{"type":"open","token":"{{third.Sign(_issuer.Claims("carol", Audience))}}"}""");
        await socket.SendAsync("""{"type":"ping"}""");
        await socket.ReadAsync("hello");
        Assert.Equal(["pong", "ready"], new[] { (await socket.ReadAsync()).Text("type"), (await socket.ReadAsync()).Text("type") }.Order());

        foreach (var wrong in new[] { _key.Sign(_issuer.Claims("alice", "others")), IssuerKey.Rsa("1").Sign(_issuer.Claims("alice", Audience)), Tokens.For("alice") })
            Assert.Equal(401, (await RawConnection.AskAsync(node.Clients, new Upgrade().WithToken(wrong).ToString())).Status);
        Assert.Empty(node.Output.Faults);
    }

    private Task<NodeProcess> StartAsync() =>
        NodeProcess.StartAsync(log, ("Auth:SigningKey", null), ("Auth:Development", false), ("Auth:Authority", _issuer.Url), ("Auth:Audience", Audience));

    private static async Task ReadyAsync(NodeProcess node, string token) => await (await RawSocket.OpenAsync(node, new Upgrade().WithToken(token))).ReadAsync("ready");
}
