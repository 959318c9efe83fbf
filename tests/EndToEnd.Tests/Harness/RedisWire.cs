using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>One command to a Redis over a connection of its own, in RESP2: what a test needs of a client that never gets in its way.</summary>
internal static class RedisWire
{
    /// <summary>The answer as text: a status, a number or a value, empty where there is none.</summary>
    /// <exception cref="RedisErrorException">The server answered with an error.</exception>
    /// <exception cref="IOException">It could not be asked, or ended before it answered.</exception>
    public static async Task<string> AskAsync(int port, IReadOnlyList<string> command, CancellationToken deadline)
    {
        using var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(IPAddress.Loopback, port, deadline);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
        var stream = tcp.GetStream();
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Count}\r\n");
        foreach (var part in command) text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), deadline);
        return await ReadAsync(stream, deadline);
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken deadline)
    {
        var line = await ReadLineAsync(stream, deadline);
        switch (line[0])
        {
            case '+' or ':':
                return line[1..];
            case '$' when int.Parse(line[1..], CultureInfo.InvariantCulture) is >= 0 and var length:
                var value = new byte[length + 2];
                await stream.ReadExactlyAsync(value, deadline);
                return Encoding.UTF8.GetString(value, 0, length);
            case '$':
                return "";
            case '-':
                throw new RedisErrorException(line[1..]);
            default:
                throw new NotSupportedException($"An answer of this kind is not read here: {line}");
        }
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken deadline)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, deadline);
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}

/// <summary>What Redis refused, in its words.</summary>
internal sealed class RedisErrorException(string message) : Exception(message);
