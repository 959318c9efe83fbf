using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AkkaSockets.Client.Tests.Fakes;

/// <summary>Answers one upgrade and says ready, by hand, and then answers nothing, not even a close.</summary>
internal sealed class DeafServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource goodbye = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpClient? client;

    public Uri Url { get; private set; } = null!;

    /// <summary>Completes when the client's first frame came.</summary>
    public Task Goodbye => goodbye.Task.Within();

    public static Task<DeafServer> StartAsync()
    {
        var server = new DeafServer();
        server.listener.Start();
        server.Url = new Uri($"ws://127.0.0.1:{((IPEndPoint)server.listener.LocalEndpoint).Port}/ws");
        _ = server.ServeAsync();
        return Task.FromResult(server);
    }

    public ValueTask DisposeAsync()
    {
        client?.Dispose();
        listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ServeAsync()
    {
        client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        var key = Regex.Match(request.ToString(), "Sec-WebSocket-Key: (.*)\r").Groups[1].Value;
        var accept = Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        var ready = """{"type":"ready","user":"a","device":"d","epoch":"e","seq":0}"""u8;
        byte[] answer =
        [
            .. Encoding.ASCII.GetBytes(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + $"Sec-WebSocket-Accept: {accept}\r\n\r\n"),
            0x81, (byte)ready.Length, .. ready,
        ];
        await stream.WriteAsync(answer);
        await stream.ReadAtLeastAsync(buffer, 1);
        goodbye.TrySetResult();
    }
}
