using System.Net;
using System.Net.Http.Headers;

namespace AkkaSockets.Node.Tests.Api;

public sealed class ApiKeysSpec : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public static TheoryData<string, string> Paths => new()
    {
        { "POST", "/api/users/alice/messages" },
        { "POST", "/api/messages" },
        { "GET", "/api/users/alice" },
        { "DELETE", "/api/users/alice/connections" },
        { "POST", "/api/users/alice/reconnect" },
        { "GET", "/api/cluster" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Without_a_key_nothing_is_answered_and_nobody_asked(string method, string path)
    {
        _host.Api.DefaultRequestHeaders.Authorization = null;
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("""{"data":1}""") };

        var response = await _host.Api.SendAsync(request);

        await ApiFaultsSpec.AssertProblem(response, 401, "bad-key");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Empty(_host.Users.Commands);
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer another-key,a-key-of-backends")]
    public async Task A_wrong_key_is_as_good_as_none(string authorization)
    {
        _host.Api.DefaultRequestHeaders.Authorization = null;
        _host.Api.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        await ApiFaultsSpec.AssertProblem(await _host.PublishAsync("alice", """{"data":1}"""), 401, "bad-key");
    }

    [Theory]
    [InlineData(ApiHost.Key)]
    [InlineData("another-key")]
    public async Task Each_key_of_the_list_opens(string key)
    {
        _host.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        Assert.Equal(HttpStatusCode.Created, (await _host.PublishAsync("alice", """{"data":1}""")).StatusCode);
    }

    [Fact]
    public async Task Without_configured_keys_which_only_Development_has_anyone_may()
    {
        await using var open = await ApiHost.StartAsync(new() { ["Api:Keys"] = "" }, environment: "Development");
        open.Api.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(HttpStatusCode.Created, (await open.PublishAsync("alice", """{"data":1}""")).StatusCode);
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/openapi/v1.json")]
    public async Task Health_and_the_document_need_none(string path)
    {
        _host.Api.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(HttpStatusCode.OK, (await _host.Api.GetAsync(path)).StatusCode);
    }
}
