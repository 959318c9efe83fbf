using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AkkaSockets.Node.Tests.Api;

/// <summary>A request whose body is written while its answer is read, which HttpClient does not do over HTTP/1.1.</summary>
internal sealed class LiveRequest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp = new();
    private StreamReader _answer = null!;

    public static async Task<LiveRequest> PostAsync(Uri address, string path, string mediaType)
    {
        var request = new LiveRequest();
        await request._tcp.ConnectAsync(address.Host, address.Port);
        request._answer = new StreamReader(request._tcp.GetStream());
        string[] head = [$"POST {path} HTTP/1.1", "Host: a", $"Authorization: Bearer {ApiHost.Key}", $"Content-Type: {mediaType}", "Transfer-Encoding: chunked", "Connection: close"];
        await request.SendAsync(string.Join("\r\n", head) + "\r\n\r\n");
        return request;
    }

    public Task WriteAsync(string text) => SendAsync($"{Encoding.UTF8.GetByteCount(text).ToString("x", CultureInfo.InvariantCulture)}\r\n{text}\r\n");

    public Task EndAsync() => SendAsync("0\r\n\r\n");

    /// <summary>The answer's next line that is JSON; null at its end.</summary>
    public async Task<string?> ReadOutcomeAsync()
    {
        while (await _answer.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith('{')) return line;
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _tcp.GetStream().DisposeAsync();
        _tcp.Dispose();
    }

    private Task SendAsync(string text) => _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
}
