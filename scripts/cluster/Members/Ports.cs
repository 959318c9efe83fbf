using System.Net;
using System.Net.Sockets;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>
/// Loopback ports that nobody has: the wished-for one, or one of those below what the system gives to outgoing connections (on loopback one of these could
/// connect to itself while a member is down).
/// </summary>
internal sealed class Ports(bool areAny)
{
    private const int First = 12_000;
    private const int Last = 32_000;
    private readonly HashSet<int> _given = [];

    public int Take(int wished)
    {
        if (!areAny && IsFree(wished) && _given.Add(wished)) return wished;
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (IsFree(port) && _given.Add(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
