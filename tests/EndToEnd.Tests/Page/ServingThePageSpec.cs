using System.Net;
using AkkaSockets.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Page;

public sealed class ServingThePageSpec(ServingThePageSpec.Fixture fixture, ITestOutputHelper log) : SharedNodeSpec(fixture, log), IClassFixture<ServingThePageSpec.Fixture>
{
    private readonly HttpClient _http = new() { BaseAddress = fixture.Node.Api, Timeout = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/playground", "text/html")]
    [InlineData("/page/page.js", "text/javascript")]
    [InlineData("/page/page.css", "text/css")]
    [InlineData("/page/icon.svg", "image/svg+xml")]
    [InlineData("/page/uplot/uPlot.esm.js", "text/javascript")]
    [InlineData("/page/playground/akkasockets.js", "text/javascript")]
    public async Task Each_file_needs_no_key_and_lets_nothing_foreign_in(string path, string type)
    {
        using var answer = await _http.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotMatch("""<script(?![^>]*\bsrc="/)|\bon[a-z]+="|\bstyle="|https?://(?!www\.w3\.org)""", type == "text/html" ? await answer.Content.ReadAsStringAsync() : "");

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _http.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData("/page/")]
    [InlineData("/page/../appsettings.json")]
    [InlineData("/page/%2e%2e/appsettings.json")]
    [InlineData("/page/nothing.js")]
    [InlineData("/page/package.json")]
    public async Task What_there_is_not_is_not_found(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("/")]
    [InlineData("/playground")]
    [InlineData("/page/page.js")]
    [InlineData("/api/cluster/events")]
    [InlineData("/api/cluster/plan?join=x")]
    public async Task Clients_do_not_see_it(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(Node.Clients, path))).StatusCode);

    [Theory]
    [InlineData("/api/cluster/events")]
    [InlineData("/api/cluster/plan?join=x")]
    public async Task What_it_shows_needs_a_key(string path) => Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task The_stream_begins_with_a_hello_and_goes_on_with_states()
    {
        _http.DefaultRequestHeaders.Authorization = new("Bearer", BackendClient.Key);
        await using var stream = await _http.GetStreamAsync("/api/cluster/events");
        using var reader = new StreamReader(stream);
        var events = new List<string>();
        while (events.Count < 3)
        {
            if (await reader.ReadLineAsync() is { } line && line.StartsWith("event: ", StringComparison.Ordinal)) events.Add(line["event: ".Length..]);
        }

        Assert.Equal(["hello", "state", "state"], events);
    }

    [Fact]
    public async Task Pages_that_are_closed_leave_nothing_and_make_room()
    {
        _http.DefaultRequestHeaders.Authorization = new("Bearer", BackendClient.Key);
        for (var round = 0; round < 3; round++)
        {
            var open = new List<HttpResponseMessage>();
            // Those of the round before, and other tests', are gone a moment after they were closed.
            await Eventually.TrueAsync(async () =>
            {
                var page = await OpenAsync();
                if (page.StatusCode == HttpStatusCode.OK) open.Add(page);
                else page.Dispose();
                return open.Count == 100;
            }, "a hundred pages are open", TimeSpan.FromSeconds(120));
            using var oneTooMany = await OpenAsync();
            Assert.Equal(HttpStatusCode.TooManyRequests, oneTooMany.StatusCode);
            foreach (var page in open) page.Dispose();
        }

        Task<HttpResponseMessage> OpenAsync() => _http.GetAsync("/api/cluster/events", HttpCompletionOption.ResponseHeadersRead);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?join=")]
    [InlineData("?join=only")]
    [InlineData("?leave=nobody")]
    [InlineData("?leave=only")]
    public async Task A_plan_that_can_not_be_is_refused_with_a_reason(string query)
    {
        var answer = await Node.Backend.AskAsync(HttpMethod.Get, $"/api/cluster/plan{query}", null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("bad-plan", answer.Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_plan_tells_who_would_give_what_to_whom()
    {
        var plan = (await Node.Backend.AskAsync(HttpMethod.Get, "/api/cluster/plan?join=a&join=b", null)).Json;

        Assert.Equal(["a", "b", "only"], plan.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("node").GetString()));
        Assert.Equal([85, 85], plan.GetProperty("moves").EnumerateArray().Select(move => move.GetProperty("shards").GetInt32()));
        Assert.Equal(170, plan.GetProperty("total").GetProperty("shards").GetInt32());
        Assert.Equal(plan.GetProperty("total").GetProperty("users").GetInt32(), plan.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("usersArrive").GetInt32()));
    }

    [Fact]
    public async Task A_page_that_is_open_does_not_hold_up_a_stop()
    {
        await using var node = await NodeProcess.StartAsync(null);
        using var http = new HttpClient { BaseAddress = node.Api };
        http.DefaultRequestHeaders.Authorization = new("Bearer", BackendClient.Key);
        using var page = await http.GetAsync("/api/cluster/events", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await page.Content.ReadAsStreamAsync());
        string? line;
        do line = await events.ReadLineAsync();
        while (line is not null && line != "event: state");
        Assert.NotNull(line);
        node.Send(Signal.Terminate);

        Assert.Equal(0, await node.ExitAsync(TimeSpan.FromSeconds(120)));
        // The page was let go, not cut: reading on comes to an end.
        await events.ReadToEndAsync();
        Assert.DoesNotContain("aborted", node.Output.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Outside_Development_there_is_no_playground()
    {
        await using var node = new NodeProcess(null) { EnvironmentName = "Production" };
        await node.StartAsync();
        using var http = new HttpClient { BaseAddress = node.Api };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/")).StatusCode);
        foreach (var path in (string[])["/playground", "/playground/settings", "/page/playground/playground.js", "/page/playground/akkasockets.js"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path)).StatusCode);
    }

    public sealed class Fixture() : SharedNode(("Cluster:NodeName", "only"));
}
