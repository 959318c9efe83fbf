using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AkkaSockets.Load;

/// <summary>A backend that publishes as its documentation says: after any fault the same id is repeated, here until a deadline.</summary>
internal sealed class ApiPublisher : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = TimeSpan.FromSeconds(15) };
    private readonly LoadOptions _options;
    private readonly Tally _errors;
    private int _next;

    public ApiPublisher(LoadOptions options, Tally errors)
    {
        (_options, _errors) = (options, errors);
        if (options.ApiKey is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
    }

    /// <summary>Its seq, once it is acknowledged; null when that did not happen within <see cref="LoadOptions.AckPatience"/>.</summary>
    public async Task<long?> PublishAsync(string user, string id, byte[] data)
    {
        using var deadline = new CancellationTokenSource(_options.AckPatience);
        var refusals = 0;
        while (!deadline.IsCancellationRequested)
        {
            var pause = Pause;
            var api = _options.Apis[(int)((uint)Interlocked.Increment(ref _next) % (uint)_options.Apis.Count)];
            try
            {
                using var request = NewRequest(api, user, id, data);
                using var response = await _http.SendAsync(request, deadline.Token).ConfigureAwait(false);
                if (response.StatusCode == HttpStatusCode.Created) return await ReadSeqAsync(response, deadline.Token).ConfigureAwait(false);
                _errors.Add($"http-{(int)response.StatusCode}");
                if ((int)response.StatusCode < 500 && response.StatusCode != HttpStatusCode.TooManyRequests) return null;
                // Ever later: a crowd that comes back each second keeps a full server full.
                pause = (response.Headers.RetryAfter?.Delta ?? pause) * (1 << Math.Min(refusals++, 3));
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The node is away: another one, or the same later.
                _errors.Add("http-no-answer");
            }
            catch (OperationCanceledException)
            {
                // This one request took too long, or all of them together.
                _errors.Add("http-timeout");
            }
            // Up to twice that: those refused together must not come back together.
            await Task.Delay(pause * (1 + Random.Shared.NextDouble()), CancellationToken.None).ConfigureAwait(false);
        }
        return null;
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage NewRequest(Uri api, string user, string id, byte[] data)
    {
        var body = new ByteArrayContent([.. "{\"data\":"u8, .. data, .. "}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, $"/api/users/{Uri.EscapeDataString(user)}/messages")) { Content = body };
        request.Headers.Add("Idempotency-Key", id);
        return request;
    }

    private static async Task<long> ReadSeqAsync(HttpResponseMessage response, CancellationToken stop)
    {
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false));
        return answer.RootElement.GetProperty("seq").GetInt64();
    }
}
