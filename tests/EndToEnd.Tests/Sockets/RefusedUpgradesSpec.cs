using System.Text.Json;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Sockets;

/// <summary>429 is in <see cref="AcceptLimitSpec"/>, 503 in <see cref="DrainingSpec"/>.</summary>
public sealed class RefusedUpgradesSpec(RefusedUpgradesSpec.Shared shared, ITestOutputHelper log)
    : SharedNodeSpec(shared, log), IClassFixture<RefusedUpgradesSpec.Shared>
{
    private const string Page = "https://app.example.com";
    private static readonly string HundredTwentyNine = new('x', 129);

    private static readonly Dictionary<string, (Upgrade Upgrade, int Status)> ByName = new()
    {
        ["a user with white space"] = (new("?user=a%20b"), 400),
        ["an empty user"] = (new("?user="), 400),
        ["a user of 129 characters"] = (new($"?user={HundredTwentyNine}"), 400),
        ["a user with a control character"] = (new("?user=a%07"), 400),
        ["an empty device"] = (new("?user=alice&device="), 400),
        ["a device of 65 characters"] = (new($"?user=alice&device={HundredTwentyNine[..65]}"), 400),
        ["two users"] = (new("?user=alice&user=bob"), 400),
        ["two devices"] = (new("?user=alice&device=a&device=b"), 400),
        ["an epoch without a seq"] = (new("?user=alice&epoch=e"), 400),
        ["a seq without an epoch"] = (new("?user=alice&seq=1"), 400),
        ["a negative seq"] = (new("?user=alice&epoch=e&seq=-1"), 400),
        ["a seq that is no number"] = (new("?user=alice&epoch=e&seq=one"), 400),
        ["a seq that no long holds"] = (new("?user=alice&epoch=e&seq=9223372036854775808"), 400),
        ["an empty epoch"] = (new("?user=alice&epoch=&seq=1"), 400),
        ["another subprotocol"] = (new Upgrade("?user=alice").With("Sec-WebSocket-Protocol", "akkasockets.v2.json, soap"), 400),
        ["a bearer that is no token"] = (new Upgrade().WithToken("nonsense"), 401),
        ["an empty token"] = (new("?access_token="), 401),
        ["another scheme"] = (new Upgrade().With("Authorization", "Basic YTpi"), 401),
        ["an expired token"] = (new Upgrade().WithToken(Tokens.For("alice", TimeSpan.FromSeconds(-1))), 401),
        ["a token of another key"] = (new($"?access_token={Tokens.For("alice", key: "another-key-that-is-long-enough-too!!!!!")}"), 401),
        ["a token without exp"] = (new($"?access_token={Tokens.Sign("""{"sub":"alice"}""")}"), 401),
        ["a token without sub"] = (new($"?access_token={Tokens.Sign("""{"exp":4102444800}""")}"), 401),
        ["a token whose sub is no user"] = (new($"?access_token={Tokens.For("a b")}"), 401),
        ["a token that nobody signed"] =
            (new($"?access_token={Tokens.Encode("""{"alg":"none"}""")}.{Tokens.Encode("""{"sub":"alice","exp":4102444800}""")}."), 401),
        ["a bad token and a development user"] = (new("?user=alice&access_token=nonsense"), 401),
        ["a page of another origin"] = (new Upgrade("?user=alice").With("Origin", "https://evil.example.com"), 403),
        ["a page without an origin to tell"] = (new Upgrade("?user=alice").With("Origin", "null"), 403),
        ["no upgrade"] = (new Upgrade("?user=alice").Without("Upgrade").Without("Connection"), 426),
        ["an upgrade without its connection option"] = (new Upgrade("?user=alice").Without("Connection"), 426),
        ["an upgrade to something else"] = (new Upgrade("?user=alice").With("Upgrade", "h2c"), 426),
        ["no key"] = (new Upgrade("?user=alice").Without("Sec-WebSocket-Key"), 426),
        ["a short key"] = (new Upgrade("?user=alice").With("Sec-WebSocket-Key", "c2hvcnQ="), 426),
        ["a key that is not base64"] = (new Upgrade("?user=alice").With("Sec-WebSocket-Key", "!!!!!!!!!!!!!!!!!!!!!!=="), 426),
        ["two keys"] = (new Upgrade("?user=alice").And("Sec-WebSocket-Key", Upgrade.Key), 426),
        ["no version"] = (new Upgrade("?user=alice").Without("Sec-WebSocket-Version"), 426),
        ["an old version"] = (new Upgrade("?user=alice").With("Sec-WebSocket-Version", "8"), 426),
        ["another method"] = (new Upgrade("?user=alice") { Method = "POST" }.With("Content-Length", "0"), 426),
        ["a body"] = (new Upgrade("?user=alice") { Body = "hello" }.With("Content-Length", "5"), 426),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_upgrade_is_refused_with_a_problem_that_says_why(string name)
    {
        var (upgrade, status) = ByName[name];
        await AssertRefusedAsync(upgrade, status);
        // Refused in the same way where the HTTP server reads it first.
        await AssertRefusedAsync(upgrade.LeftToTheServer(), status);
    }

    private async Task AssertRefusedAsync(Upgrade upgrade, int status)
    {
        var answer = await RawConnection.AskAsync(Node.Clients, upgrade.ToString());
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        var problem = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(status, problem.Number("status"));
        Assert.NotEmpty(problem.Text("detail"));
        if (status == 401) Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        if (status == 426) Assert.Equal(("websocket", "13"), (answer.Headers["Upgrade"], answer.Headers["Sec-WebSocket-Version"]));
    }

    [Fact]
    public async Task Headers_that_are_too_large_are_refused_and_the_next_client_is_served()
    {
        var answer = await RawConnection.AskAsync(Node.Clients, new Upgrade("?user=alice").With("X-Long", new string('x', 40_000)).ToString());
        Assert.Equal(431, answer.Status);
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await socket.CloseAsync();
    }

    [Fact]
    public async Task A_second_upgrade_behind_the_first_breaks_the_framing()
    {
        var (socket, _) = await RawSocket.ReadyAsync(Node, $"?user={User}");
        await socket.WriteAsync(System.Text.Encoding.ASCII.GetBytes(new Upgrade($"?user={User}").ToString()));
        var close = await socket.ReadCloseAsync();
        Assert.Equal(1002, close.Code);
        Assert.NotEmpty(close.Reason);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_and_a_program_without_one_are_served()
    {
        await (await RawSocket.OpenAsync(Node, new Upgrade($"?user={User}").With("Origin", Page))).ReadAsync("ready");
        await (await RawSocket.OpenAsync(Node, new Upgrade($"?user={User}"))).ReadAsync("ready");
    }

    [Theory]
    [InlineData("GET /ws HTTP/1.1", true)]
    [InlineData("GET /gateway HTTP/1.1", true)]
    [InlineData("GET /api/cluster HTTP/1.1", false)]
    [InlineData("GET /healthz/live HTTP/1.1", false)]
    [InlineData("GET /metrics HTTP/1.1", false)]
    [InlineData("GET /nothing HTTP/1.1", false)]
    public async Task What_is_not_on_a_listener_is_404_there(string request, bool onApi)
    {
        var answer = await RawConnection.AskAsync(onApi ? Node.Api : Node.Clients, $"{request}\r\nHost: localhost\r\n\r\n");
        Assert.Equal(404, answer.Status);
    }

    public sealed class Shared() : SharedNode(("Limits:Origins", Page));
}
