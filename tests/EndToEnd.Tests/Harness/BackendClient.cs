using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>What a backend asks of a node.</summary>
public sealed class BackendClient : IDisposable
{
    public const string Key = "end-to-end-backend-key";

    private readonly HttpClient _http;

    public BackendClient(Uri api)
    {
        _http = new HttpClient { BaseAddress = api, Timeout = Eventually.Generous };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>The status of <c>/healthz/live</c> or <c>/healthz/ready</c>; 0 when nobody answers.</summary>
    public async Task<int> HealthAsync(string which)
    {
        try
        {
            using var answer = await _http.GetAsync($"/healthz/{which}");
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }

    /// <summary>Publishes a durable message and returns its seq.</summary>
    public async Task<long> PublishAsync(string user, string data, string? id = null)
    {
        var answer = await AskAsync(HttpMethod.Post, MessagesOf(user), Body(data, id, ephemeral: false));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json.GetProperty("seq").GetInt64();
    }

    /// <summary>Publishes an ephemeral message and returns how many sockets it was sent to.</summary>
    public async Task<int> PublishEphemeralAsync(string user, string data)
    {
        var answer = await AskAsync(HttpMethod.Post, MessagesOf(user), Body(data, null, ephemeral: true));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json.GetProperty("sockets").GetInt32();
    }

    /// <summary>Publishes one message after the other, in one request.</summary>
    public async Task PublishAllAsync(string user, IEnumerable<string> data)
    {
        var answer = await AskAsync(HttpMethod.Post, "/api/messages", $"[{string.Join(',', data.Select(one => $"{{\"user\":\"{user}\",\"data\":{one}}}"))}]");
        Assert.All(answer.Json.EnumerateArray(), outcome => Assert.Equal(201, outcome.GetProperty("status").GetInt32()));
    }

    public async Task<JsonElement> DescribeAsync(string user) => (await AskAsync(HttpMethod.Get, $"/api/users/{user}", null)).Json;

    public async Task<BackendAnswer> AskAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new BackendAnswer(answer.StatusCode, JsonDocument.Parse(text).RootElement, answer.Headers.RetryAfter?.Delta);
    }

    public void Dispose() => _http.Dispose();

    internal static string MessagesOf(string user) => $"/api/users/{user}/messages";

    /// <summary>A publish as JSON, with <paramref name="data"/> as it is.</summary>
    internal static string Body(string data, string? id, bool ephemeral) =>
        $"{{\"data\":{data}{(id is null ? "" : $",\"id\":\"{id}\"")}{(ephemeral ? ",\"ephemeral\":true" : "")}}}";
}

public sealed record BackendAnswer(HttpStatusCode Status, JsonElement Json, TimeSpan? RetryAfter);
