using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>Asks members whether they are ready: null is yes, anything else says what is missing.</summary>
internal static class Probes
{
    /// <summary>A member that does not answer for this long is told as silent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly HttpClient Http = new() { Timeout = Patience };

    /// <summary><c>GET /healthz/ready</c>.</summary>
    public static Task<string?> HealthAsync(Uri api, CancellationToken stop) => ReadyAsync(new Uri(api, "/healthz/ready"), stop);

    /// <summary>A question that is answered with 200 by who is ready.</summary>
    public static async Task<string?> ReadyAsync(Uri question, CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(question, stop).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode) return null;
            return Failing(await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false));
        }
        catch (Exception fault) when (IsSilence(fault, stop))
        {
            return "no answer";
        }
    }

    /// <summary><c>PING</c>.</summary>
    public static async Task<string?> RedisAsync(int port, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var redis = new TcpClient();
            await redis.ConnectAsync("127.0.0.1", port, patience.Token).ConfigureAwait(false);
            var stream = redis.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), patience.Token).ConfigureAwait(false);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var answer = await reader.ReadLineAsync(patience.Token).ConfigureAwait(false);
            return answer == "+PONG" ? null : answer ?? "no answer";
        }
        catch (Exception fault) when (IsSilence(fault, stop))
        {
            return "no answer";
        }
    }

    /// <summary><c>GET /api/cluster</c>; null without an answer.</summary>
    public static async Task<JsonDocument?> ClusterAsync(Uri api, string key, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, "/api/cluster"));
            request.Headers.Authorization = new("Bearer", key);
            using var answer = await Http.SendAsync(request, stop).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false)) : null;
        }
        catch (Exception fault) when (IsSilence(fault, stop))
        {
            return null;
        }
    }

    private static bool IsSilence(Exception fault, CancellationToken stop) =>
        fault is HttpRequestException or SocketException or IOException || (fault is OperationCanceledException && !stop.IsCancellationRequested);

    /// <summary>The checks that are not ok, of <c>{"status":"unready","checks":{"cluster":{"ok":false,"detail":"…"}}}</c>.</summary>
    private static string Failing(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var failing = from check in json.RootElement.GetProperty("checks").EnumerateObject()
                          where !check.Value.GetProperty("ok").GetBoolean()
                          select $"{check.Name}: {check.Value.GetProperty("detail").GetString()}";
            return string.Join(", ", failing);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "not ready";
        }
    }
}
