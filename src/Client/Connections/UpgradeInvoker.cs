using System.Net;
using System.Text.Json;

namespace AkkaSockets.Client.Connections;

/// <summary>The server answered the upgrade with something else.</summary>
internal sealed class UpgradeRefusedException(HttpStatusCode status, TimeSpan? retryAfter, string detail) : Exception(detail)
{
    public HttpStatusCode Status { get; } = status;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>
/// Stands between <c>ClientWebSocket</c>, which shows no body of a refusal, and what makes the connections: reads the
/// problem (RFC 9457) and the Retry-After (RFC 9110, section 10.2.3) out of it.
/// </summary>
internal sealed class UpgradeInvoker(HttpMessageInvoker inner, TimeProvider timeProvider) : HttpMessageHandler
{
    private const int MaxProblemBytes = 8192;

    /// <summary>Shared, because a handler per socket costs more than the socket. The token must not follow a redirect.</summary>
    public static readonly HttpMessageInvoker Shared =
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await inner.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols) return response;
        using (response)
        {
            var detail = await ReadProblemAsync(response.Content, cancellationToken).ConfigureAwait(false);
            throw new UpgradeRefusedException(
                response.StatusCode, RetryAfter(response), detail ?? response.ReasonPhrase ?? response.StatusCode.ToString());
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - timeProvider.GetUtcNow() : null);
        if (wait is not { } asked) return null;

        // A header from whatever stands in between must not silence a client for days.
        return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, TimeSpan.FromMinutes(10).Ticks));
    }

    private static async Task<string?> ReadProblemAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json")) return null;
        try
        {
            await content.LoadIntoBufferAsync(MaxProblemBytes, cancellationToken).ConfigureAwait(false);
            using var problem = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            var (title, detail) = (Text(problem.RootElement, "title"), Text(problem.RootElement, "detail"));
            return title is not null && detail is not null ? $"{title}: {detail}" : title ?? detail;
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
