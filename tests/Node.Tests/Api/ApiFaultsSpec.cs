using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Api;

namespace AkkaSockets.Node.Tests.Api;

/// <summary>Each fault of the API, by its status and code, and that it is told as a problem that says what to do.</summary>
public sealed class ApiFaultsSpec : IAsyncLifetime
{
    private const string Messages = "/api/users/alice/messages";
    private static readonly string LongData = new('x', 65_535);

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(
        limits: new ApiLimits { ArrayBytes = 400_000, NdjsonBytes = 500_000, BatchMessages = 5 },
        deadlineMs: 150);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public static TheoryData<int, string, string, string, string> Faults => new()
    {
        { 400, "bad-message", "POST", Messages, "" },
        { 400, "bad-message", "POST", Messages, "{" },
        { 400, "bad-message", "POST", Messages, "nonsense" },
        { 400, "bad-message", "POST", Messages, "[]" },
        { 400, "bad-message", "POST", Messages, "{}" },
        { 400, "bad-message", "POST", Messages, """{"id":"m"}""" },
        { 400, "bad-message", "POST", Messages, """{"data":}""" },
        { 400, "bad-message", "POST", Messages, """{"data":1}{"data":2}""" },
        { 400, "bad-message", "POST", Messages, """{"data":1,}""" },
        { 400, "bad-message", "POST", Messages, """{"data":1,"id":7}""" },
        { 400, "bad-message", "POST", Messages, """{"data":1,"id":""}""" },
        { 400, "bad-message", "POST", Messages, """{"data":1,"id":"\ud800"}""" },
        { 400, "bad-message", "POST", Messages, """{"data":1,"ephemeral":"yes"}""" },
        { 400, "bad-message", "POST", Messages, """{"data":1,"id":"LONG"}""".Replace("LONG", new string('i', 129), StringComparison.Ordinal) },
        { 400, "bad-user", "POST", "/api/users/a%20b/messages", """{"data":1}""" },
        { 400, "bad-user", "POST", "/api/users/%C2%A0/messages", """{"data":1}""" },
        { 400, "bad-user", "POST", "/api/users/%FF/messages", """{"data":1}""" },
        { 400, "bad-user", "POST", $"/api/users/{new string('u', 129)}/messages", """{"data":1}""" },
        { 400, "bad-user", "GET", "/api/users/a%0Ab", "" },
        { 400, "bad-user", "DELETE", "/api/users/a%7Fb/connections", "" },
        { 400, "bad-user", "POST", "/api/users/a%E2%80%83b/reconnect", "" },
        { 400, "bad-device", "DELETE", "/api/users/alice/connections?device=", "" },
        { 400, "bad-device", "DELETE", "/api/users/alice/connections?device=a%20b", "" },
        { 400, "bad-device", "DELETE", "/api/users/alice/connections?device=a&device=b", "" },
        { 400, "bad-message", "POST", "/api/messages", """[{"user":"a","data":1},""" },
        { 400, "bad-message", "POST", "/api/messages", """[{"user":"a","data":1}] 1""" },
        { 400, "bad-message", "POST", "/api/messages", """{"user":"a","data":1}""" },
        { 400, "bad-message", "POST", "/api/messages", "" },
        { 404, "not-found", "GET", "/", "" },
        { 404, "not-found", "GET", "/api", "" },
        { 404, "not-found", "GET", "/api/users", "" },
        { 404, "not-found", "GET", "/api/users//", "" },
        { 404, "not-found", "POST", "/api/users/alice/nothing", "" },
        { 404, "not-found", "GET", "/gateway", "" },
        { 404, "not-found", "OPTIONS", "/gateway", "" },
        { 404, "not-found", "GET", "/ws", "" },
        { 405, "method-not-allowed", "GET", Messages, "" },
        { 405, "method-not-allowed", "PUT", Messages, """{"data":1}""" },
        { 405, "method-not-allowed", "POST", "/api/users/alice", "" },
        { 405, "method-not-allowed", "GET", "/api/users/alice/connections", "" },
        { 405, "method-not-allowed", "POST", "/healthz/live", "" },
        { 413, "too-large", "POST", Messages, $$"""{"data":"{{LongData}}"}""" },
        { 413, "too-large", "POST", Messages, $$"""{"data":1,"more":"{{LongData + LongData}}"}""" },
        { 413, "too-large", "POST", "/api/messages", $"[{new string(' ', 400_000)}]" },
        { 413, "too-large", "POST", "/api/messages", $"[{new string(' ', 500_000)}]" },
        { 413, "too-many", "POST", "/api/messages", "[1,2,3,4,5,6]" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_told_as_a_problem_that_says_what_to_do(int status, string code, string method, string path, string body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body.Length > 0 || method is "POST" or "PUT") request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        await AssertProblem(await _host.Api.SendAsync(request), status, code);

        Assert.Empty(_host.Users.Commands);
    }

    [Fact]
    public async Task A_body_that_tells_no_length_is_bounded_all_the_same()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Messages) { Content = new StringContent($$"""{"data":1,"more":"{{LongData + LongData}}"}""") };
        request.Headers.TransferEncodingChunked = true;

        await AssertProblem(await _host.Api.SendAsync(request), 413, "too-large");
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_refused()
    {
        byte[] body = [.. "{\"data\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        await AssertProblem(await _host.Api.PostAsync(Messages, new ByteArrayContent(body)), 400, "bad-message");
    }

    [Fact]
    public async Task A_body_that_is_encoded_is_refused()
    {
        var content = new ByteArrayContent([31, 139]);
        content.Headers.ContentEncoding.Add("gzip");

        await AssertProblem(await _host.Api.PostAsync(Messages, content), 415, "unsupported-encoding");
    }

    [Theory]
    [InlineData(Messages, """{"data":1,"id":"other"}""", "bad-message", "k")]
    [InlineData(Messages, """{"data":1}""", "bad-message", "")]
    [InlineData("/api/messages", "[]", "bad-key-header", "k")]
    public async Task An_Idempotency_Key_that_does_not_fit_is_refused(string path, string body, string code, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        await AssertProblem(await _host.Api.SendAsync(request), 400, code);
        Assert.Empty(_host.Users.Commands);
    }

    [Fact]
    public async Task An_id_that_was_used_for_other_data_is_unprocessable()
    {
        await _host.PublishAsync("alice", """{"data":1,"id":"m"}""");

        var problem = await AssertProblem(await _host.PublishAsync("alice", """{"data":2,"id":"m"}"""), 422, "id-reused");

        Assert.Equal("m", problem.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("POST", Messages, """{"data":1,"id":"m"}""")]
    [InlineData("GET", "/api/users/alice", "")]
    [InlineData("DELETE", "/api/users/alice/connections", "")]
    [InlineData("POST", "/api/users/alice/reconnect", "")]
    public async Task A_user_that_can_not_be_reached_is_told_with_when_to_come_back(string method, string path, string body)
    {
        _host.Users.Answer = _ => Task.FromResult<object?>(new AskAgain(AskAgainReason.StoreUnavailable));

        var response = await _host.Api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body) });

        var problem = await AssertProblem(response, 503, "unavailable");
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Contains("the store does not answer", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        if (body.Length > 0) Assert.Equal("m", problem.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_503_names_the_id_that_the_server_made()
    {
        _host.Users.Answer = _ => Task.FromResult<object?>(null);

        var problem = await AssertProblem(await _host.PublishAsync("alice", """{"data":1}"""), 503, "unavailable");

        Assert.Equal(_host.Users.Sent.First().Id.Value, problem.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("POST", Messages, """{"data":1,"id":"m"}""")]
    [InlineData("GET", "/api/users/alice", "")]
    public async Task A_fault_of_our_own_tells_nothing_of_the_inside(string method, string path, string body)
    {
        _host.Users.Answer = _ => Task.FromResult<object?>(new SocketsTold(1));

        var response = await _host.Api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body) });

        await AssertProblem(response, 500, "server-fault");
        Assert.DoesNotContain("SocketsTold", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    internal static async Task<System.Text.Json.JsonElement> AssertProblem(HttpResponseMessage response, int status, string code)
    {
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), response.Content.Headers.ContentType);
        var problem = await ApiHost.JsonOf(response);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.DoesNotContain("Exception", problem.ToString(), StringComparison.Ordinal);
        return problem;
    }
}
