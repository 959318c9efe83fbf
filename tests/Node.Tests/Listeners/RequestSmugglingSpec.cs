using AkkaSockets.Node.Listeners;
using AkkaSockets.Node.Tests.Api;
using Microsoft.AspNetCore.Builder;

namespace AkkaSockets.Node.Tests.Listeners;

/// <summary>Requests in which another is hidden, for a balancer and a server that disagree where the first one ends (RFC 9112 §11.2).</summary>
public sealed class RequestSmugglingSpec : IAsyncLifetime
{
    private const string Hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

    private ApiHost _host = null!;
    private int _found;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(map: app =>
    {
        foreach (var listener in new[] { ListenerRole.Clients, ListenerRole.Api })
        {
            app.MapGet("/hidden", () => $"found {Interlocked.Increment(ref _found)}").OnListener(listener);
            app.MapPost("/taken", () => "taken").OnListener(listener);
        }
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>Each with the headers of the first request, and the hidden one behind what some take for its body.</summary>
    public static TheoryData<string, string> Requests => new()
    {
        { "Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n" },
        { "Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n" },
        { "Content-Length: 4\r\nTransfer-Encoding: CHUNKED", "0\r\n\r\n" },
        { "Content-Length: 4\r\nTransfer-Encoding : chunked", "" },
        { "Content-Length: 4\r\n Transfer-Encoding: chunked", "" },
        { "Content-Length: 4\r\nTransfer-Encoding: xchunked", "" },
        { "Transfer-Encoding: identity", "" },
        { "Transfer-Encoding: chunked, identity", "0\r\n\r\n" },
        { "Transfer-Encoding: identity, chunked\r\nTransfer-Encoding: gzip", "0\r\n\r\n" },
        { "Transfer-Encoding: chunked", "0x0\r\n\r\n" },
        { "Transfer-Encoding: chunked", "0 \r\n\r\n" },
        { "Transfer-Encoding: chunked", "0\n\n" },
        { "Transfer-Encoding: chunked", "-0\r\n\r\n" },
        { "Transfer-Encoding: chunked", "100000000000000000\r\n" },
        { "Content-Length: 0\r\nContent-Length: 4", "" },
        { "Content-Length: 0, 4", "" },
        { "Content-Length: -1", "" },
        { "Content-Length: 0x0", "" },
        { "Content-Length: 0 0", "" },
        { "Content-Length: 18446744073709551616", "" },
        { "Content-Length : 0", "" },
        { "Content-Length: 0\rX: y", "" },
        { "Content-Length: 0\0", "" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task What_is_hidden_in_a_request_is_not_found_by_clients(string headers, string body) => await AssertHiddenAsync(_host.Clients, headers, body);

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task What_is_hidden_in_a_request_is_not_found_by_backends(string headers, string body) => await AssertHiddenAsync(_host.Api, headers, body);

    [Theory]
    [InlineData("Content-Length: 5", "hello")]
    [InlineData("Content-Length: 39", "hello")]
    [InlineData("Content-Length: 0", "")]
    [InlineData("Content-Length: +0", "")]
    public async Task A_clients_request_with_a_length_is_its_connections_last(string length, string body) => await AssertHiddenAsync(_host.Clients, length, body);

    [Fact]
    public async Task A_request_behind_one_without_a_length_is_the_next() => Assert.Contains("found 1", await AskAsync(_host.Clients, "X: y", ""), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET /gateway?access_token={0} HTTP/1.1\r\nHost: x\r\n\r\n", 8_192, "414")]
    [InlineData("GET /gateway HTTP/1.1\r\nHost: x\r\nX-Long: {0}\r\n\r\n", 32_768, "431")]
    [InlineData("GET /gateway HTTP/1.1\r\nHost: x\r\nCookie: {0}\r\n\r\n", 1_000_000, "431")]
    public async Task An_oversized_request_is_refused(string request, int size, string status)
    {
        using var client = await RawClient.ConnectAsync(_host.Clients.BaseAddress!.Port);
        await client.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, new string('x', size)));
        Assert.StartsWith($"HTTP/1.1 {status}", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_headers_are_enough()
    {
        using var client = await RawClient.ConnectAsync(_host.Clients.BaseAddress!.Port);
        await client.SendAsync($"GET /gateway HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: y\r\n"))}\r\n");
        Assert.StartsWith("HTTP/1.1 431", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private async Task AssertHiddenAsync(HttpClient listener, string headers, string body)
    {
        var answer = await AskAsync(listener, headers, body);
        Assert.True(_found == 0, answer);
        Assert.DoesNotContain("found", answer, StringComparison.Ordinal);
    }

    /// <summary>All that is answered, up to the end: a third request asks for it where the first did not bring it.</summary>
    private static async Task<string> AskAsync(HttpClient listener, string headers, string body)
    {
        using var client = await RawClient.ConnectAsync(listener.BaseAddress!.Port);
        await client.SendAsync($"POST /taken HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}{Hidden}GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return await client.ReadToEndAsync();
    }
}
