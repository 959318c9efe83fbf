using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AkkaSockets.Peers.Sockets;

/// <summary>Opens connections: RFC 6455 §4.1, with nothing around it.</summary>
internal static class Upgrade
{
    private const int MostAnswer = 4096;

    // ip(7): the port is chosen with the connection, so that one port can serve several destinations. Not in .NET's enumerations.
    private const int IpLevel = 0;
    private const int BindAddressNoPort = 24;

    /// <summary>A connection that is a WebSocket from now on.</summary>
    /// <param name="room">Takes what came behind the answer.</param>
    /// <returns>How much that is.</returns>
    /// <exception cref="SocketException">Nobody listens there, or the connection broke.</exception>
    /// <exception cref="UpgradeRefusedException">It was not taken.</exception>
    public static async Task<(Socket Socket, int Length)> ConnectAsync(IPEndPoint node, IPAddress source, string target, Memory<byte> room, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(IpLevel, BindAddressNoPort, [1, 0, 0, 0]);
            // Closed without a state that lingers on this machine's ports: there are many, again and again.
            socket.LingerState = new LingerOption(true, 0);
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(node, stop).ConfigureAwait(false);
            await socket.SendAsync(RequestOf(node, target), stop).ConfigureAwait(false);
            return (socket, await ReadAnswerAsync(socket, room, stop).ConfigureAwait(false));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static byte[] RequestOf(IPEndPoint node, string target) => Encoding.ASCII.GetBytes(
        $"GET {target} HTTP/1.1\r\nHost: {node}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\n\r\n");

    private static async Task<int> ReadAnswerAsync(Socket socket, Memory<byte> room, CancellationToken stop)
    {
        var answer = new byte[MostAnswer];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), stop).ConfigureAwait(false);
            if (read == 0) throw new UpgradeRefusedException("closed");
            length += read;
            var end = answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            if (!answer.AsSpan().StartsWith("HTTP/1.1 101 "u8)) throw new UpgradeRefusedException(Encoding.ASCII.GetString(answer, 9, 3));
            var rest = answer.AsMemory(end + 4, length - end - 4);
            rest.CopyTo(room);
            return rest.Length;
        }
    }
}

/// <summary>The server did not want it: the status that it gave, or how it ended.</summary>
internal sealed class UpgradeRefusedException(string status) : Exception($"The upgrade was refused: {status}.")
{
    public string Status => status;
}
