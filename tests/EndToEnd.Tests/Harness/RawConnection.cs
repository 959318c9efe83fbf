using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A TCP connection on which a test writes what it likes, HTTP or not.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;

    private RawConnection(TcpClient tcp) => (_tcp, _stream) = (tcp, tcp.GetStream());

    /// <param name="receiveBuffer">Bytes that the system may hold for a client that does not read; null: its own choice.</param>
    /// <param name="from">The address that it comes from, any of the loopback's; null: the system's choice.</param>
    public static async Task<RawConnection> OpenAsync(Uri address, int? receiveBuffer = null, IPAddress? from = null)
    {
        var tcp = from is null ? new TcpClient { NoDelay = true } : new TcpClient(new IPEndPoint(from, 0)) { NoDelay = true };
        if (receiveBuffer is { } size) tcp.ReceiveBufferSize = size;
        await tcp.ConnectAsync(address.Host, address.Port).Within();
        return new RawConnection(tcp);
    }

    /// <summary>Over a socket that is connected.</summary>
    public static RawConnection Over(Socket socket) => new(new TcpClient { Client = socket });

    /// <summary>One request in its own connection, and the answer to it.</summary>
    public static async Task<HttpAnswer> AskAsync(Uri address, string request)
    {
        await using var connection = await OpenAsync(address);
        await connection.WriteAsync(Encoding.Latin1.GetBytes(request));
        return await connection.ReadAnswerAsync();
    }

    /// <summary>This side's end.</summary>
    public string Local => $"{_tcp.Client.LocalEndPoint}";

    public Task WriteAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes).AsTask().Within();

    /// <summary>Fills <paramref name="buffer"/>.</summary>
    /// <exception cref="EndOfStreamException">The other side ended before.</exception>
    public async Task ReadAsync(Memory<byte> buffer, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Eventually.Generous);
        try
        {
            await _stream.ReadExactlyAsync(buffer, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nothing came within {within ?? Eventually.Generous}.");
        }
    }

    /// <summary>Waits for the other side's end, however it comes, and returns what comes before it.</summary>
    public async Task<byte[]> ReadToEndAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, deadline.Token);
        }
        catch (IOException)
        {
            // A reset is an end as well.
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The connection did not end within {within}.");
        }
        return all.ToArray();
    }

    /// <summary>An HTTP answer with its body, which must have a length or be chunked in one piece or more.</summary>
    public async Task<HttpAnswer> ReadAnswerAsync()
    {
        var status = await ReadLineAsync();
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
        return new HttpAnswer(int.Parse(status.Split(' ')[1]), headers, await ReadBodyAsync(headers));
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadBodyAsync(Dictionary<string, string> headers)
    {
        if (headers.TryGetValue("Content-Length", out var length)) return await ReadTextAsync(int.Parse(length));
        if (!headers.ContainsKey("Transfer-Encoding")) return "";
        var body = new StringBuilder();
        while (Convert.ToInt32(await ReadLineAsync(), 16) is > 0 and var size)
        {
            body.Append(await ReadTextAsync(size));
            await ReadLineAsync();
        }
        // The empty line after the last chunk, which may have another answer behind it.
        await ReadLineAsync();
        return body.ToString();
    }

    private async Task<string> ReadTextAsync(int bytes)
    {
        var buffer = new byte[bytes];
        await ReadAsync(buffer);
        return Encoding.UTF8.GetString(buffer);
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await ReadAsync(one);
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}

internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);
