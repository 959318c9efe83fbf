using System.Net;
using System.Net.Http.Headers;

namespace AkkaSockets.Load;

/// <summary>A backend that publishes as its documentation says: after any fault the same id is repeated, here until a deadline.</summary>
internal sealed class ApiPublisher : IDisposable
{
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly LoadOptions _options;
    private int _next;

    public ApiPublisher(LoadOptions options)
    {
        _options = options;
        if (options.ApiKey is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
    }

    /// <summary>True when it was accepted.</summary>
    public async Task<bool> PublishAsync(string user, string id, byte[] data, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(GiveUpAfter);
        var pause = TimeSpan.FromMilliseconds(200);
        while (!deadline.IsCancellationRequested)
        {
            var api = _options.Apis[(int)((uint)Interlocked.Increment(ref _next) % (uint)_options.Apis.Count)];
            try
            {
                using var body = new ByteArrayContent([.. "{\"data\":"u8, .. data, .. "}"u8]);
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, $"/api/users/{Uri.EscapeDataString(user)}/messages")) { Content = body };
                request.Headers.Add("Idempotency-Key", id);
                using var response = await _http.SendAsync(request, deadline.Token).ConfigureAwait(false);
                if (response.StatusCode == HttpStatusCode.Created) return true;
                if ((int)response.StatusCode < 500 && response.StatusCode != HttpStatusCode.TooManyRequests) return false;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The node is away: another one, or the same later.
            }
            catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
            {
                // This one request took too long.
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), CancellationToken.None).ConfigureAwait(false);
        }
        return false;
    }

    public void Dispose() => _http.Dispose();
}
