using System.Net;
using System.Net.Http.Headers;
using Akka.Actor;
using AkkaSockets.Messages.Nodes;
using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Membership;
using AkkaSockets.Node.Placement;
using AkkaSockets.Node.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AkkaSockets.Node.Tests.Gateway;

public sealed class GatewaySpec
{
    private const string Balancer = "wss://push.example.com/ws";
    private const string Advertised = "ws://10.0.0.7:8080/ws";

    [Fact]
    public async Task Without_settings_the_clients_listener_is_named_with_its_real_port()
    {
        await using var host = await ApiHost.StartAsync();

        var response = await host.Clients.GetAsync("/gateway");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($$"""{"url":"ws://127.0.0.1:{{host.Clients.BaseAddress!.Port}}/ws"}""", await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    public async Task A_listener_on_all_addresses_is_named_as_the_client_names_it(string address)
    {
        await using var host = await ApiHost.StartAsync(new() { ["Listen:Clients"] = address });
        using var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{host.Services.GetRequiredService<BoundListeners>()[ListenerRole.Clients].Port}/gateway");
        request.Headers.Host = "node1.example.com:9000";

        Assert.Equal("ws://node1.example.com:9000/ws", await UrlOf(await client.SendAsync(request)));
    }

    [Theory]
    [InlineData(Balancer, "", Balancer)]
    [InlineData("", Advertised, Advertised)]
    [InlineData(Balancer, Advertised, Advertised)]
    public async Task An_advertised_address_goes_before_the_balancers(string url, string advertised, string named)
    {
        await using var host = await ApiHost.StartAsync(new() { ["Gateway:Url"] = url, ["Gateway:AdvertiseUrl"] = advertised });

        Assert.Equal(named, await UrlOf(await host.Clients.GetAsync("/gateway")));
        Assert.Equal(named, await UrlOf(await host.Clients.GetAsync($"/gateway?access_token={Token(DateTime.UtcNow.AddMinutes(1))}")));
    }

    [Fact]
    public async Task A_known_users_owner_is_named_and_else_the_node_with_the_fewest_sockets()
    {
        await using var host = await ApiHost.StartAsync(new() { ["Gateway:Url"] = Balancer });
        var nodes = host.Services.GetRequiredService<NodeDirectory>();
        Hear("owner", sockets: 100);
        Hear("idle", sockets: 1);
        Hear("busy", sockets: 50);
        host.Services.GetRequiredService<PlacementBoard>().Offer(new PublishedPlacement(1, new ShardTable([.. Enumerable.Repeat("owner", 256)])));

        Assert.Equal("ws://owner/ws", await UrlOf(await AskAsync(host, $"Bearer {Token(DateTime.UtcNow.AddMinutes(1))}")));
        Assert.Equal("ws://idle/ws", await UrlOf(await host.Clients.GetAsync("/gateway")));

        // It drains: its users are on their way elsewhere.
        Hear("owner", sockets: 100, takes: false);
        Assert.Equal("ws://idle/ws", await UrlOf(await AskAsync(host, $"Bearer {Token(DateTime.UtcNow.AddMinutes(1))}")));

        void Hear(string node, int sockets, bool takes = true) =>
            nodes.Hear(new Address("akka.tcp", "akkasockets", node, 1), new NodeReport(node, $"ws://{node}/ws", sockets, takes));
    }

    [Fact]
    public async Task A_token_that_is_valid_is_taken_in_the_header_and_one_that_is_not_is_refused()
    {
        await using var host = await ApiHost.StartAsync(new() { ["Gateway:Url"] = Balancer });

        Assert.Equal(Balancer, await UrlOf(await AskAsync(host, $"Bearer {Token(DateTime.UtcNow.AddMinutes(1))}")));
        foreach (var bad in new[] { $"Bearer {Token(DateTime.UtcNow.AddMinutes(-1))}", "Bearer nonsense", "Basic YTpi" })
        {
            var refused = await AskAsync(host, bad);
            await ApiFaultsSpec.AssertProblem(refused, 401, "bad-token");
            Assert.Equal("*", refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.True(refused.Headers.CacheControl!.NoStore);
        }
    }

    [Theory]
    [InlineData("Development", "alice", 200)]
    [InlineData("Development", "a%20b", 400)]
    [InlineData("Production", "a%20b", 200)]
    public async Task A_user_without_a_token_is_looked_at_in_Development_only(string environment, string user, int status)
    {
        await using var host = await ApiHost.StartAsync(environment: environment);

        Assert.Equal((HttpStatusCode)status, (await host.Clients.GetAsync($"/gateway?user={user}")).StatusCode);
    }

    [Theory]
    [InlineData("", "https://any.example.com", "*")]
    [InlineData("https://app.example.com, https://b.example.com", "https://app.example.com", "https://app.example.com")]
    [InlineData("https://app.example.com", "https://evil.example.com", null)]
    public async Task Pages_of_the_allowed_origins_may_ask(string origins, string origin, string? allowed)
    {
        await using var host = await ApiHost.StartAsync(new() { ["Limits:Origins"] = origins });
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options })
        {
            var request = new HttpRequestMessage(method, "/gateway");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "GET");
            var response = await host.Clients.SendAsync(request);

            Assert.True(response.IsSuccessStatusCode);
            Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
            Assert.Equal(origins.Length > 0, response.Headers.Vary.Contains("Origin"));
            if (method == HttpMethod.Options) Assert.Equal("Authorization", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        }
    }

    private static async Task<string?> UrlOf(HttpResponseMessage response) => (await ApiHost.JsonOf(response)).GetProperty("url").GetString();

    private static Task<HttpResponseMessage> AskAsync(ApiHost host, string authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/gateway");
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        return host.Clients.SendAsync(request);
    }

    private static string Token(DateTime expires)
    {
        var key = new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(ApiHost.SigningKey));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object> { ["sub"] = "alice" },
            NotBefore = expires.AddHours(-1),
            IssuedAt = expires.AddHours(-1),
            Expires = expires,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }
}
