using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaSockets.Node.Tests.Listeners;

/// <summary>A TCP connection from an address of the loopback's, on which a test writes what it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawClient> ConnectAsync(int port, IPAddress? from = null)
    {
        var client = new RawClient();
        client._socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        try
        {
            await client._socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Ended before this side saw it begin: what is read then is an end.
        }
        return client;
    }

    public async Task<RawClient> SendAsync(string text)
    {
        await _socket.SendAsync(Encoding.Latin1.GetBytes(text));
        return this;
    }

    /// <summary>All that is answered up to the end; what came before a reset.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var answer = new StringBuilder();
        while (await ReadSomeAsync() is { Length: > 0 } text) answer.Append(text);
        return answer.ToString();
    }

    /// <summary>All that is answered up to <paramref name="last"/>, or to the end.</summary>
    public async Task<string> ReadUntilAsync(string last)
    {
        var answer = "";
        while (!answer.Contains(last, StringComparison.Ordinal) && await ReadSomeAsync() is { Length: > 0 } text) answer += text;
        return answer;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadSomeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[4096];
        try
        {
            return Encoding.Latin1.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, patience.Token));
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset or SocketError.NotConnected)
        {
            return "";
        }
    }
}
